namespace TorchSharp.Files;

/// <summary>Writes files atomically: a reader sees either the old file or the complete new file.</summary>
internal static class AtomicFile
{
    /// <summary>Writes to a temporary file in the same folder, flushes it to the disk, then renames it to <paramref name="path"/>.</summary>
    /// <exception cref="IOException">
    /// The file cannot be written, for example to a full disk; the message names the file. An existing file is kept.
    /// </exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var temporary = $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}.new";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path} cannot be written: {error.Message}", error);
        }
        finally
        {
            // if the folder does not exist, File.Delete throws
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }
}
