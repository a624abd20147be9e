using System.Text;

namespace NotebookHost.Notebooks;

/// <summary>Replaces files atomically: after a crash, a file has either its old or its new content.</summary>
internal static class AtomicFile
{
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static void WriteAllText(string path, string text) => WriteAllBytes(path, _utf8.GetBytes(text));

    public static void WriteAllBytes(string path, byte[] content)
    {
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(folder);
        // without the name of the file, which may have the maximum length
        var beside = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            using (var file = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
            File.Move(beside, target, overwrite: true);
        }
        catch (Exception error)
        {
            File.Delete(beside);
            // messages of the system name the temporary file
            var message = error.Message.Replace(beside, target, StringComparison.Ordinal);
            if (message == error.Message)
                throw;
            throw error is UnauthorizedAccessException ? new UnauthorizedAccessException(message, error) : new IOException(message, error.HResult);
        }
    }
}
