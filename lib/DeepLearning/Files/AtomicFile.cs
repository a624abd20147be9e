namespace DeepLearning.Files;

/// <summary>Writes files atomically: a reader sees either the old file or the complete new file.</summary>
internal static class AtomicFile
{
    /// <summary>Creates the folder of a file and checks that files can be written there, so training does not lose its first epoch.</summary>
    /// <exception cref="IOException">Files cannot be written there; the message names the path.</exception>
    public static void Prepare(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (Directory.Exists(path))
                throw new IOException("It is a folder.");
            File.Create($"{path}.{Environment.ProcessId}.new", bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path} cannot be written: {error.Message}", error);
        }
    }

    /// <summary>Writes to a temporary file in the same folder, then renames it to <paramref name="path"/>.</summary>
    /// <exception cref="IOException">
    /// The file cannot be written, for example to a full disk; the message names the file. An existing file is kept.
    /// </exception>
    public static void Write(string path, Action<Stream> write)
    {
        var unfinished = $"{path}.{Environment.ProcessId}.new";
        try
        {
            using (var stream = File.Create(unfinished))
                write(stream);
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path} cannot be written: {error.Message}", error);
        }
        finally
        {
            // if the folder does not exist, File.Delete throws
            if (File.Exists(unfinished))
                File.Delete(unfinished);
        }
    }
}
