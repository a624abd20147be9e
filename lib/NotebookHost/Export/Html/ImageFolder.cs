using System.Text;

namespace NotebookHost.Export.Html;

/// <summary>The images in the folder of a notebook, which are embedded in pages.</summary>
/// <param name="folder">The folder of the notebook; null for none.</param>
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

    /// <summary>Gets the folder.</summary>
    public string? Folder => folder;

    /// <summary>Returns whether an address refers to an SVG image in the folder.</summary>
    public bool IsDrawing(string address) => Find(address) is (_, "image/svg+xml");

    /// <summary>Returns the minimum width in pixels at which all text of an SVG image in the folder is readable; 0 for other images.</summary>
    public double MinWidth(string address) => Find(address) is (var path, "image/svg+xml") ? SvgHtml.MinWidth(File.ReadAllText(path)) : 0;

    /// <summary>Returns the image at a relative address; null if it is not an image in the folder.</summary>
    /// <param name="address">The address.</param>
    /// <param name="drawn">A function that changes an SVG image; null to keep it.</param>
    public string? DataUri(string address, Func<string, string>? drawn = null)
    {
        if (Find(address) is not var (path, type))
            return null;
        var content = drawn is not null && IsDrawing(address) ? Encoding.UTF8.GetBytes(drawn(File.ReadAllText(path))) : File.ReadAllBytes(path);
        return $"data:{type};base64,{Convert.ToBase64String(content)}";
    }

    private (string Path, string Type)? Find(string address)
    {
        if (folder is null || address.Contains(':', StringComparison.Ordinal) || address.StartsWith('/'))
            return null;
        var path = Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(address.Split('?', '#')[0])));
        return _types.TryGetValue(Path.GetExtension(path), out var type) && File.Exists(path) ? (path, type) : null;
    }
}
