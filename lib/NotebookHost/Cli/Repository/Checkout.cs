namespace NotebookHost.Cli.Repository;

/// <summary>The repository that this program was built in. The program of the package is in none.</summary>
internal sealed class Checkout
{
    private readonly string _root;

    private Checkout(string root) => _root = root;

    /// <summary>Gets the repository, or null.</summary>
    public static Checkout? Current { get; } = Find();

    /// <summary>Returns a path in the repository.</summary>
    public string At(params IEnumerable<string> path) => Path.Combine([_root, .. path]);

    /// <summary>Gets whether the output of a project is compiled to machine code, as tools/prepare.cs recorded it.</summary>
    public bool IsCompiledAhead =>
        At("artifacts", ".built", "NotebookHost") is var stamp && File.Exists(stamp) && File.ReadAllText(stamp).Contains("ahead=true", StringComparison.Ordinal);

    private static Checkout? Find()
    {
        // artifacts/nb/
        var root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", ".."));
        return File.Exists(Path.Combine(root, "Notebooks.sln")) ? new Checkout(root) : null;
    }
}
