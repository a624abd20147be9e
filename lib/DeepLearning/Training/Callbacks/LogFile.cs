using DeepLearning.Files;

namespace DeepLearning.Training.Callbacks;

/// <summary>The file of a logger.</summary>
internal static class LogFile
{
    /// <exception cref="ArgumentException">The path has another extension.</exception>
    public static string Path(string path, string ending)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return string.Equals(System.IO.Path.GetExtension(path), ending, StringComparison.OrdinalIgnoreCase)
            ? System.IO.Path.GetFullPath(path)
            : throw new ArgumentException($"The log is a {ending} file, not '{path}': use CsvLogger for .csv and JsonLogger for .json.", nameof(path));
    }

    public static void Write(string path, Action<Stream> write)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, write);
    }
}
