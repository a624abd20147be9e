namespace DeepLearning.Files;

/// <summary>Writes files that are complete whenever they exist.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a temporary file in the same folder and renames it.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var unfinished = $"{path}.{Environment.ProcessId}.new";
        try
        {
            using (var stream = File.Create(unfinished))
                write(stream);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
