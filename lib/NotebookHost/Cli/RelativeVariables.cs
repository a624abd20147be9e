namespace NotebookHost.Cli;

/// <summary>Environment variables that name folders, relative to where the command was given. Notebooks run in other folders.</summary>
internal static class RelativeVariables
{
    private static readonly string[] _names = ["DATASETS"];

    /// <summary>Makes the variables absolute, for this process and those that it starts.</summary>
    /// <returns>Null, or a message about a folder that does not exist.</returns>
    public static string? TryResolve()
    {
        foreach (var name in _names)
        {
            if (Environment.GetEnvironmentVariable(name) is not { Length: > 0 } folder)
                continue;
            if (!Directory.Exists(folder))
                return $"{name} is {folder}, and there is no such folder.";
            Environment.SetEnvironmentVariable(name, Path.GetFullPath(folder));
        }
        return null;
    }
}
