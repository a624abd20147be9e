using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookHost.Export.Html.Site;

/// <summary>The search index of a site, as a script, because a page that was opened from a folder can load scripts but not data.</summary>
internal sealed class SearchIndex
{
    private static readonly JsonSerializerOptions _compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonArray _pages = [];

    /// <summary>Adds the sections of a page, each with its id, heading and text.</summary>
    public void Add(string file, string title, IReadOnlyList<PageSection> sections)
    {
        var found = sections.Where(section => section.Heading is not null || section.Text.Length > 0)
            .Select(section => (JsonNode)new JsonArray(section.Heading?.Id ?? "", section.Heading?.Text ?? title, section.Text));
        _pages.Add((JsonNode)new JsonObject { ["page"] = file, ["title"] = title, ["sections"] = new JsonArray([.. found]) });
    }

    /// <summary>Adds a page as one section.</summary>
    public void Add(string file, string title, string text)
        => _pages.Add((JsonNode)new JsonObject { ["page"] = file, ["title"] = title, ["sections"] = new JsonArray((JsonNode)new JsonArray("", title, text)) });

    public string ToScript() => $"window.courseIndex = {_pages.ToJsonString(_compact)};\n";
}
