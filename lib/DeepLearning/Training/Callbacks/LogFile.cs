using DeepLearning.Files;

namespace DeepLearning.Training.Callbacks;

/// <summary>The file of a logger.</summary>
internal static class LogFile
{
    /// <exception cref="ArgumentException">The path has another ending.</exception>
    public static string Path(string path, string ending)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return string.Equals(System.IO.Path.GetExtension(path), ending, StringComparison.OrdinalIgnoreCase)
            ? System.IO.Path.GetFullPath(path)
            : throw new ArgumentException($"The log is a {ending} file, not '{path}': there are CsvLogger for .csv and JsonLogger for .json.", nameof(path));
    }

    /// <summary>Creates the folder and checks that files can be written there, so that a training does not lose its first epoch.</summary>
    /// <exception cref="IOException">No file can be written there; the message names the path.</exception>
    public static void Prepare(string path)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            if (Directory.Exists(path))
                throw new IOException("It is a folder.");
            File.Create($"{path}.{Environment.ProcessId}.new", bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The log {path} cannot be written: {error.Message}", error);
        }
    }

    public static void Write(string path, Action<Stream> write)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, write);
    }
}
