namespace NotebookHost.Cli.Repository;

/// <summary>A program or Python module that some tests need and the product does not.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Package">Debian's package.</param>
/// <param name="Consequence">What happens without it.</param>
internal sealed record OptionalTool(string Name, string Package, string Consequence);

/// <summary>The programs and Python modules that some tests need.</summary>
internal static class OptionalTools
{
    /// <summary>Returns those that the machine lacks.</summary>
    /// <param name="browser">Whether the tests in a browser are meant, instead of all others.</param>
    public static IReadOnlyList<OptionalTool> Missing(bool browser) => [.. from tool in browser ? Browser() : Usual() where !tool.IsHere select tool.Tool];

    private static IEnumerable<(OptionalTool Tool, bool IsHere)> Usual()
    {
        yield return (
            new("nbclient", "python3-nbclient", "the tests of the kernel in Jupyter's own client are skipped."),
            HasDebianModule("nbclient"));
        yield return (
            new("nbconvert", "python3-nbconvert", "the tests of the kernel under nbconvert are skipped."),
            HasDebianModule("nbconvert"));
        yield return (
            new("Chromium", "chromium", "the tests of exported pages in a browser are skipped."),
            ForegroundProcess.Find("chromium", "chromium-browser", "google-chrome") is not null);
        yield return (
            new("MPI", "openmpi-bin", "the tests of several processes that train together are skipped."),
            ForegroundProcess.Find("mpirun", "mpiexec") is not null);
        yield return (
            new("PyTorch", "python3-torch", "the tests that compare with PyTorch in a process of its own are skipped; the committed figures of PyTorch are compared all the same."),
            HasDebianModule("torch"));
    }

    private static IEnumerable<(OptionalTool Tool, bool IsHere)> Browser()
    {
        const string Consequence = "the tests in a browser cannot run.";
        yield return (new("Jupyter", "jupyter-notebook", Consequence), ForegroundProcess.Find("jupyter-notebook", "jupyter-lab") is not null);
        yield return (new("Chromium", "chromium", Consequence), ForegroundProcess.Find("chromium", "chromium-browser", "google-chrome") is not null);
        yield return (new("npm", "npm", Consequence), ForegroundProcess.Find("npm") is not null);
    }

    // of the system's Python, which the tests start, whichever stands first in PATH
    private static bool HasDebianModule(string name) => Directory.Exists(Path.Combine("/usr/lib/python3/dist-packages", name));
}
