namespace NotebookHost.Jupyter;

/// <summary>The folders in which Jupyter searches for kernels.</summary>
internal static class JupyterFolders
{
    /// <summary>Gets the folder of the user's kernels.</summary>
    public static string User => Path.Combine(UserData(), "kernels");

    /// <summary>Returns the folder of the kernels of a Python environment or of the whole machine.</summary>
    public static string Under(string prefix) => Path.Combine(prefix, "share", "jupyter", "kernels");

    /// <summary>Returns all folders of kernels that Jupyter and VS Code search, in the order of precedence.</summary>
    public static IEnumerable<string> All()
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("JUPYTER_PATH") ?? "").Split(
            Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            yield return Path.Combine(folder, "kernels");
        yield return User;
        foreach (var environment in (string[])["VIRTUAL_ENV", "CONDA_PREFIX"])
        {
            if (Environment.GetEnvironmentVariable(environment) is { Length: > 0 } prefix)
                yield return Under(prefix);
        }
        if (OperatingSystem.IsWindows())
        {
            yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "jupyter", "kernels");
            yield break;
        }
        yield return Under("/usr/local");
        yield return Under("/usr");
    }

    private static string UserData()
    {
        if (Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } chosen)
            return chosen;
        if (OperatingSystem.IsMacOS())
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "Library", "Jupyter");
        // on Linux XDG_DATA_HOME or ~/.local/share, on Windows %APPDATA%
        var data = OperatingSystem.IsWindows() ? Environment.SpecialFolder.ApplicationData : Environment.SpecialFolder.LocalApplicationData;
        return Path.Combine(Environment.GetFolderPath(data, Environment.SpecialFolderOption.DoNotVerify), "jupyter");
    }
}
