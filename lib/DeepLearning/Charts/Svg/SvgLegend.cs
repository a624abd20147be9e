using System.Xml.Linq;
using static DeepLearning.Charts.SvgElement;

namespace DeepLearning.Charts;

/// <summary>Draws the names of the traces in centered rows.</summary>
internal static class SvgLegend
{
    private const double RowHeight = 22;
    private const double SwatchWidth = 30;
    private const double Space = 22;
    private const double Size = 14;

    internal static XElement Draw(IReadOnlyList<Trace> traces, double width, double top, out double height)
    {
        var entries = traces.Where(trace => trace.ShowInLegend).ToList();
        var rows = Rows(entries, width);
        height = rows.Count == 0 ? 0 : rows.Count * RowHeight + 8;

        var legend = New("g", ("class", "legend"));
        for (var row = 0; row < rows.Count; row++)
        {
            var x = (width - rows[row].Sum(WidthOf) + Space) / 2;
            var y = top + (row + 0.5) * RowHeight;
            foreach (var trace in rows[row])
            {
                legend.Add(Swatch(trace, x, y), Text(trace.Name, x + SwatchWidth + 6, y + 5, Size, "start"));
                x += WidthOf(trace);
            }
        }

        return legend;
    }

    private static List<List<Trace>> Rows(List<Trace> entries, double width)
    {
        var rows = new List<List<Trace>>();
        var free = 0.0;
        foreach (var entry in entries)
        {
            if (rows.Count == 0 || WidthOf(entry) > free)
            {
                rows.Add([]);
                free = width;
            }

            rows[^1].Add(entry);
            free -= WidthOf(entry);
        }

        return rows;
    }

    private static double WidthOf(Trace trace) => SwatchWidth + 6 + SvgElement.WidthOf(trace.Name, Size) + Space;

    private static XElement Swatch(Trace trace, double x, double y) => trace switch
    {
        Scatter { Mode: ScatterMode.Markers } => New("circle", ("cx", x + SwatchWidth / 2), ("cy", y), ("r", 4.0), ("fill", trace.Color!)),
        Scatter scatter => SvgScatter.Stroked(New("path", ("d", $"M{Place(x)} {Place(y)}h{SwatchWidth}")), scatter),
        _ => New("rect", ("x", x + SwatchWidth - 16), ("y", y - 6), ("width", 14.0), ("height", 12.0), ("fill", trace.Color!)),
    };
}
