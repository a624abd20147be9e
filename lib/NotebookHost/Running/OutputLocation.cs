namespace NotebookHost.Running;

/// <summary>Checks that results can be written, before the run starts.</summary>
internal static class OutputLocation
{
    /// <summary>Creates a folder if it does not exist.</summary>
    /// <exception cref="RunUsageException">Files cannot be written to it.</exception>
    public static void RequireFolder(string folder)
    {
        if (File.Exists(folder))
            throw new RunUsageException($"{folder} is a file; specify a folder for the results.");
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new RunUsageException($"Cannot write to {folder}: {Reason(error, folder)}; specify another folder.", error);
        }
    }

    /// <summary>Creates the folder of a file if it does not exist.</summary>
    /// <exception cref="RunUsageException">The file cannot be written.</exception>
    public static void RequireFile(string path)
    {
        if (Directory.Exists(path))
            throw new RunUsageException($"{path} is a folder; specify a file.");
        RequireFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    private static string Reason(Exception error, string folder) => error switch
    {
        _ when Parents(folder).FirstOrDefault(File.Exists) is { } file => $"{file} is a file",
        UnauthorizedAccessException => "access is denied",
        DirectoryNotFoundException or FileNotFoundException => "it cannot be created",
        _ => error.Message.TrimEnd('.'),
    };

    private static IEnumerable<string> Parents(string folder)
    {
        for (var parent = Path.GetDirectoryName(Path.GetFullPath(folder)); parent is not null; parent = Path.GetDirectoryName(parent))
            yield return parent;
    }
}
