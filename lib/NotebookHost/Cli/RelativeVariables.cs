namespace NotebookHost.Cli;

/// <summary>Environment variables with folders that are relative to the current directory of the command. Notebooks run in other folders.</summary>
internal static class RelativeVariables
{
    private static readonly string[] _names = ["DATASETS"];

    /// <summary>Converts the variables to absolute paths for this process and its child processes.</summary>
    /// <returns>A message about a folder that does not exist; null for none.</returns>
    public static string? TryResolve()
    {
        foreach (var name in _names)
        {
            if (Environment.GetEnvironmentVariable(name) is not { Length: > 0 } folder)
                continue;
            if (!Directory.Exists(folder))
                return $"The environment variable {name} is {folder}, but this folder does not exist.";
            Environment.SetEnvironmentVariable(name, Path.GetFullPath(folder));
        }
        return null;
    }
}
