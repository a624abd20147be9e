namespace TorchSharp.Files;

/// <summary>Writes files atomically: a reader sees the old file or the complete new one.</summary>
internal static class AtomicFile
{
    /// <summary>Writes to a temporary file beside <paramref name="path"/>, flushes it to the disk, then renames it.</summary>
    /// <exception cref="IOException">The file cannot be written, as on a full disk; the message names it. A file that was there before is kept.</exception>
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
            // without the folder there is nothing to delete, and File.Delete throws
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }
}
