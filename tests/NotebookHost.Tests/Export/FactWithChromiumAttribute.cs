namespace NotebookHost.Tests.Export;

/// <summary>A test that looks at a page in Chromium; where there is none, it is reported as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithChromiumAttribute : FactAttribute
{
    private static readonly string[] _names = ["chromium", "chromium-browser", "google-chrome"];

    public FactWithChromiumAttribute()
    {
        if (Path is null)
            Skip = "There is no Chromium on this machine.";
    }

    /// <summary>The browser; null where there is none.</summary>
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(System.IO.Path.PathSeparator)
        .SelectMany(folder => _names.Select(name => System.IO.Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}
