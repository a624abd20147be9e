namespace NotebookHost.Sessions;

/// <summary>
/// Copies of the libraries that a session loads, so that they can be rebuilt during the session. Other files in the folder of a library are
/// linked, because libraries search for native libraries and data in their folder.
/// </summary>
internal sealed class ShadowCopies(FileLinks? links = null) : IDisposable
{
    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);
    private readonly HashSet<string> _copied = new(StringComparer.Ordinal);
    private readonly FileLinks _links = links ?? new FileLinks();
    private string? _root;

    /// <summary>Returns a copy of the library, which is created once.</summary>
    public string Of(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (!_folders.TryGetValue(folder, out var copy))
            _folders[folder] = copy = Mirror(folder);
        var file = Path.Combine(copy, Path.GetFileName(path));
        // a link of any kind would lock the library
        if (_copied.Add(file))
        {
            File.Delete(file);
            File.Copy(path, file);
        }
        return file;
    }

    /// <summary>Deletes the copies. On systems that lock loaded libraries, they remain.</summary>
    public void Dispose()
    {
        if (_root is null)
            return;
        try
        {
            Directory.Delete(_root, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // the system eventually deletes temporary files
        }
    }

    private string Mirror(string folder)
    {
        _root ??= Directory.CreateTempSubdirectory("notebook-").FullName;
        var copy = Path.Combine(_root, $"{_folders.Count}");
        Directory.CreateDirectory(copy);
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            var link = Path.Combine(copy, entry.Name);
            if (entry is DirectoryInfo)
                _links.LinkFolder(link, entry.FullName);
            else
                _links.LinkFile(link, entry.FullName);
        }
        return copy;
    }
}
