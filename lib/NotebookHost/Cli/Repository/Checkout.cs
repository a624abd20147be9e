namespace NotebookHost.Cli.Repository;

/// <summary>The repository of this build. The packaged program has no repository.</summary>
internal sealed class Checkout
{
    private readonly string _root;

    private Checkout(string root) => _root = root;

    /// <summary>Gets the repository; null for none.</summary>
    public static Checkout? Current { get; } = Find();

    /// <summary>Returns a path in the repository.</summary>
    public string At(params IEnumerable<string> path) => Path.Combine([_root, .. path]);

    /// <summary>Gets a value that indicates whether the build is compiled ahead of time, as recorded by tools/prepare.cs.</summary>
    public bool IsCompiledAhead =>
        At("artifacts", ".built", "NotebookHost") is var stamp && File.Exists(stamp) && File.ReadAllText(stamp).Contains("ahead=true", StringComparison.Ordinal);

    private static Checkout? Find()
    {
        // artifacts/nb/
        var root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", ".."));
        return File.Exists(Path.Combine(root, "Notebooks.sln")) ? new Checkout(root) : null;
    }
}
