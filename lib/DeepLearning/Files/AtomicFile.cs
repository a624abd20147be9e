namespace DeepLearning.Files;

/// <summary>Writes files that are complete whenever they exist.</summary>
internal static class AtomicFile
{
    /// <summary>Creates the folder of a file and checks that files can be written there, so that a training does not lose its first epoch.</summary>
    /// <exception cref="IOException">No file can be written there; the message names the path.</exception>
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

    /// <summary>Writes a temporary file in the same folder and renames it.</summary>
    /// <exception cref="IOException">The file cannot be written, as on a full disk; the message names it. A file that was there before is kept.</exception>
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
            // without the folder there is nothing to delete, and File.Delete throws
            if (File.Exists(unfinished))
                File.Delete(unfinished);
        }
    }
}
