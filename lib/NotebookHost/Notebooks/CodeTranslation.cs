using System.Net;
using System.Security;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NotebookHost.Notebooks;

/// <summary>
/// The translations of the texts in the figures of a code cell: <c>"translations": {"zh-CN": {"loss": "损失", "class {i}": "类别 {i}"}}</c>.
/// A text is the content of a string literal of the cell, except a literal in brackets after a name, which is a key. Text in braces is the same
/// in both languages. The metadata of the notebook contain the translations of texts that a library writes to its figures.
/// </summary>
internal static partial class CodeTranslation
{
    private const string Svg = "image/svg+xml";
    private const string Plotly = "application/vnd.plotly.v1+json";

    // the members of plotly's figures with visible text; others are names of colors, types and groups
    private static readonly string[] _shown = ["text", "title", "name", "label", "ticktext", "categoryarray", "x", "y"];

    /// <summary>Returns a copy of a code cell with its texts in a language; the cell itself if the notebook has no translations.</summary>
    public static NotebookCell Of(NotebookCell cell, NotebookDocument document, ReadingLanguage language)
    {
        var all = TextsOf(document, language);
        if (all.Count == 0)
            return cell;
        var copy = new NotebookCell((JsonObject)cell.Json.DeepClone(), cell.Kind);
        Apply(copy, language, all);
        return copy;
    }

    /// <summary>
    /// Replaces the texts of a notebook's code cells with their translations. Literals use the translations of their cell; figures use those of all cells, because a
    /// function of another cell may have drawn them, and those of the notebook.
    /// </summary>
    public static void Apply(NotebookDocument document, ReadingLanguage language)
    {
        var all = TextsOf(document, language);
        foreach (var cell in all.Count == 0 ? [] : document.CodeCells)
            Apply(cell, language, all);
    }

    /// <summary>Returns an SVG picture of a notebook that is not an output with its texts in a language.</summary>
    public static string Picture(string svg, NotebookDocument document, ReadingLanguage language) => Picture(svg, PatternsOf([], TextsOf(document, language)));

    /// <summary>Returns whether a text is the content of a string literal of the code.</summary>
    public static bool IsLiteral(string source, string text) => Regex.IsMatch(source, LiteralOf(text), RegexOptions.CultureInvariant);

    private static List<(string Text, string Translation)> TextsOf(NotebookCell cell, ReadingLanguage language)
    {
        return cell.Kind == CellKind.Code ? TextsOf(cell.Metadata, language) : [];
    }

    private static List<(string Text, string Translation)> TextsOf(NotebookDocument document, ReadingLanguage language)
        => [.. document.CodeCells.SelectMany(cell => TextsOf(cell, language)), .. TextsOf(document.Metadata, language)];

    private static List<(string Text, string Translation)> TextsOf(JsonObject metadata, ReadingLanguage language)
        => (metadata[Translation.Member] as JsonObject)?[language.Tag] is JsonObject texts
            ? [.. texts.Select(entry => (entry.Key, MultilineText.Join(entry.Value) ?? entry.Key))]
            : [];

    private static void Apply(NotebookCell cell, ReadingLanguage language, List<(string Text, string Translation)> all)
    {
        var own = TextsOf(cell, language);
        if (own.Count > 0)
        {
            cell.Source = own.Aggregate(cell.Source, (source, entry) =>
                Regex.Replace(source, LiteralOf(entry.Text), _ => $"\"{entry.Translation}\"", RegexOptions.CultureInvariant));
        }
        var patterns = PatternsOf(own, all);
        foreach (var data in StoredData(cell))
        {
            if (MultilineText.Join(data[Svg]) is { } svg)
                data[Svg] = MultilineText.Split(Picture(svg, patterns));
            if (data[Plotly] is { } figure)
                TranslateFigure(figure, patterns, isShown: false);
        }
    }

    private static string Picture(string svg, List<(Regex Pattern, string Translation)> patterns)
        => TextNode().Replace(svg, node => Translated(WebUtility.HtmlDecode(node.Value), patterns) is { } text ? SecurityElement.Escape(text) : node.Value);

    private static List<(Regex Pattern, string Translation)> PatternsOf(IEnumerable<(string Text, string Translation)> own, IEnumerable<(string Text, string Translation)> all)
        => [.. own.Concat(all).OrderBy(entry => Hole().IsMatch(entry.Text)).Select(entry => (PatternOf(entry.Text), entry.Translation))];

    private static void TranslateFigure(JsonNode node, List<(Regex Pattern, string Translation)> patterns, bool isShown)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToList())
            {
                if (value is not null)
                    TranslateFigure(value, patterns, _shown.Contains(name, StringComparer.Ordinal));
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items.OfType<JsonNode>().ToList())
                TranslateFigure(item, patterns, isShown);
        }
        else if (isShown && node.GetValueKind() == JsonValueKind.String && Translated(node.GetValue<string>(), patterns) is { } text)
        {
            node.ReplaceWith(text);
        }
    }

    private static string LiteralOf(string text) => $"(?<![\\w)\\]]\\[)\"{Regex.Escape(text)}\"";

    private static IEnumerable<JsonObject> StoredData(NotebookCell cell)
        => cell.Outputs.OfType<JsonObject>().Select(output => output["data"]).OfType<JsonObject>().Where(data => data.ContainsKey(Svg));

    // null if there is no translation. A match of the whole text takes precedence over a match of its beginning.
    private static string? Translated(string text, List<(Regex Pattern, string Translation)> patterns)
    {
        var matches = patterns.Select(entry => (Match: entry.Pattern.Match(text), entry.Translation)).Where(entry => entry.Match.Success).ToList();
        if (matches.Count == 0)
            return null;
        var (match, translation) = matches.OrderBy(entry => entry.Match.Groups["rest"].Length).First();
        var next = 1;
        var shown = Hole().Replace(translation, _ => Translated(match.Groups[next++].Value, patterns) ?? match.Groups[next - 1].Value);
        return shown + match.Groups["rest"].Value;
    }

    // matches the whole text of a node or its beginning: before the value of a point, the name of a bar or the shape of a tensor
    private static Regex PatternOf(string text)
        => new($"^{string.Join("(.+?)", Hole().Split(text).Select(Regex.Escape))}(?<rest>(?:: |, |  \\[).*)?$", RegexOptions.CultureInvariant | RegexOptions.Singleline);

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex("(?<=>)[^<>]*[^<>\\s][^<>]*(?=<)")]
    private static partial Regex TextNode();
}
