namespace NotebookHost.Cli.Repository;

/// <summary>A program or Python module that only some tests require.</summary>
/// <param name="Name">The name.</param>
/// <param name="Package">The Debian package.</param>
/// <param name="Consequence">The consequence if it is missing.</param>
internal sealed record OptionalTool(string Name, string Package, string Consequence);

/// <summary>The programs and Python modules that some tests require.</summary>
internal static class OptionalTools
{
    /// <summary>Returns the missing tools.</summary>
    /// <param name="browser">Whether to return the tools of the browser tests instead of those of all other tests.</param>
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
            new("MPI", "openmpi-bin", "the tests of distributed training with several processes are skipped."),
            ForegroundProcess.Find("mpirun", "mpiexec") is not null);
        yield return (
            new("PyTorch", "python3-torch", "the tests that run PyTorch are skipped; the comparisons with committed results of PyTorch are not."),
            HasDebianModule("torch"));
    }

    private static IEnumerable<(OptionalTool Tool, bool IsHere)> Browser()
    {
        const string Consequence = "the tests in a browser cannot run.";
        yield return (new("Jupyter", "jupyter-notebook", Consequence), ForegroundProcess.Find("jupyter-notebook") is not null);
        yield return (new("Chromium", "chromium", Consequence), ForegroundProcess.Find("chromium", "chromium-browser", "google-chrome") is not null);
        yield return (new("npm", "npm", Consequence), ForegroundProcess.Find("npm") is not null);
    }

    // the module must be installed for the system's Python, which the tests start, and not for the first Python in PATH
    private static bool HasDebianModule(string name) => Directory.Exists(Path.Combine("/usr/lib/python3/dist-packages", name));
}
