using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NotebookHost.Notebooks;

namespace NotebookHost.Export.Html.Site;

/// <summary>The pictures of notebooks in the list of a site.</summary>
internal static partial class Pictures
{
    // a cell with this tag provides the picture; otherwise the last chart, the last SVG output or the first diagram of the prose is used
    private const string Tag = "cover";
    private const string Svg = "image/svg+xml";
    private const int MaxLength = 200_000;

    /// <summary>Returns the picture of a notebook as SVG and whether it is a diagram of the prose; null for none.</summary>
    /// <param name="document">The notebook.</param>
    /// <param name="folder">The folder of the notebook, which paths of diagrams are relative to.</param>
    public static (string Svg, bool IsDiagram)? Of(NotebookDocument document, string folder)
    {
        var drawings = document.CodeCells.SelectMany(cell => StoredOutput.Of(cell).Select(output => (IsCover: cell.HasTag(Tag), Drawing: output.In(Svg))))
            .Where(drawn => drawn.Drawing is { Length: < MaxLength }).ToList();
        if ((drawings.Find(drawn => drawn.IsCover).Drawing ?? drawings.FindLast(drawn => IsChart(drawn.Drawing!)).Drawing) is { } chosen)
            return (chosen, false);
        if (Diagram(document, folder) is { } diagram)
            return (diagram, true);
        return drawings.LastOrDefault().Drawing is { } last ? (last, false) : null;
    }

    /// <summary>Returns the last chart of a notebook: its image, and its data for plotly.js if the notebook contains them.</summary>
    public static (string Drawing, string? Data)? Chart(NotebookDocument document)
    {
        var charts = document.CodeCells.SelectMany(StoredOutput.Of).Where(output => output.In(Svg) is { } drawing && IsChart(drawing)).ToList();
        return charts.Count == 0 ? null : (charts[^1].In(Svg)!, charts[^1].In(OutputHtml.Plotly));
    }

    /// <summary>Returns the stored output with the last chart of a notebook.</summary>
    public static JsonObject? LastChart(NotebookDocument document) => document.CodeCells.SelectMany(cell => cell.Outputs.OfType<JsonObject>())
        .LastOrDefault(output => MultilineText.Join(output["data"]?[Svg]) is { } drawing && IsChart(drawing));

    private static bool IsChart(string drawing) => drawing.Contains("class=\"panel\"", StringComparison.Ordinal);

    // pictures of solutions would reveal the solutions of exercises
    private static string? Diagram(NotebookDocument document, string folder)
        => document.Cells.Where(cell => cell.Kind == CellKind.Markdown).SelectMany(cell => SvgImage().Matches(cell.Source))
            .Select(image => Path.Combine(folder, Uri.UnescapeDataString(image.Groups["address"].Value))).FirstOrDefault(File.Exists) is { } path
            ? File.ReadAllText(path)
            : null;

    [GeneratedRegex(@"!\[[^\]]*\]\((?<address>(?!images/solutions/)[^):\s]+\.svg)\)")]
    private static partial Regex SvgImage();
}
