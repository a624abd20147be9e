namespace TorchSharp.Files;

/// <summary>Files that are there whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside <paramref name="path"/>, then renames: whoever opens the path sees the old file or the whole new one.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var unfinished = $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}.new";
        try
        {
            using (var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
