namespace NotebookHost.Export.Html;

/// <summary>The images in a notebook's folder, which become part of a page.</summary>
/// <param name="folder">The notebook's folder; null where it has none.</param>
internal sealed class ImageFolder(string? folder)
{
    private static readonly Dictionary<string, string> _types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".gif"] = "image/gif",
        [".webp"] = "image/webp",
        [".svg"] = "image/svg+xml",
    };

    /// <summary>Gets the folder itself.</summary>
    public string? Folder => folder;

    /// <summary>Returns whether an address names a drawing of the folder.</summary>
    public bool IsDrawing(string address) => Find(address) is (_, "image/svg+xml");

    /// <summary>Returns the least width, in pixels, at which all text of a drawing of the folder can be read; 0 for other images.</summary>
    public double LeastWidth(string address) => Find(address) is (var path, "image/svg+xml") ? SvgHtml.LeastWidth(File.ReadAllText(path)) : 0;

    /// <summary>Returns the image that a relative address names; null when it is none of the folder's, or elsewhere.</summary>
    public string? DataUri(string address)
        => Find(address) is var (path, type) ? $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}" : null;

    private (string Path, string Type)? Find(string address)
    {
        if (folder is null || address.Contains(':', StringComparison.Ordinal) || address.StartsWith('/'))
            return null;
        var path = Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(address.Split('?', '#')[0])));
        return _types.TryGetValue(Path.GetExtension(path), out var type) && File.Exists(path) ? (path, type) : null;
    }
}
