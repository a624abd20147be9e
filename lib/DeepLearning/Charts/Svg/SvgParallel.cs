using System.Xml.Linq;
using static DeepLearning.Charts.SvgElement;

namespace DeepLearning.Charts;

/// <summary>Draws parallel coordinates: a line for each run through vertical axes.</summary>
internal static class SvgParallel
{
    // the free space to the right of the last axis
    private const double Margin = 40;

    internal static XElement Draw(ParallelCoordinates lines, Area area, double textSize)
    {
        var step = area.Width / (lines.Dimensions.Count - 1);
        var scales = lines.Dimensions.Select(dimension => Scale.Around(dimension.Values, area.Bottom, area.Top)).ToList();
        var axes = lines.Dimensions.Select((dimension, i) => Axis(dimension, scales[i], area.Left + i * step, area, textSize)).ToList();
        // lines have gaps at labels
        var gaps = new TextGaps(axes.SelectMany(axis => axis.Elements()).Where(element => element.Attribute("data-value") is not null && (string?)element.Attribute("text-anchor") == "end"));
        var trace = New("g", ("class", "trace"), ("data-name", lines.Name));
        foreach (var run in ByColor(lines))
            trace.Add(Line(lines, run, scales, area.Left, step, gaps));
        trace.Add(axes);
        return trace;
    }

    // the best line is drawn last, above the others
    private static IEnumerable<int> ByColor(ParallelCoordinates lines) =>
        Enumerable.Range(0, lines.Values.Count).Where(run => double.IsFinite(lines.Values[run])).OrderBy(run => lines.Values[run]);

    private static XElement Line(ParallelCoordinates lines, int run, List<Scale> scales, double left, double step, TextGaps gaps)
    {
        var finite = lines.Values.Where(double.IsFinite).ToList();
        var (lowest, highest) = (finite.Min(), finite.Max());
        var share = highest > lowest ? (lines.Values[run] - lowest) / (highest - lowest) : 1;
        var places = Enumerable.Range(0, scales.Count)
            .Where(i => double.IsFinite(lines.Dimensions[i].Values[run]))
            .Select(i => (X: left + i * step, Y: scales[i][lines.Dimensions[i].Values[run]]));
        return New(
            "path",
            ("d", gaps.Path([.. places])),
            ("fill", "none"),
            ("stroke", lines.Colors.At(share)),
            ("stroke-width", 2.0),
            ("data-y", Exact(lines.Values[run])));
    }

    private static XElement Axis(Dimension dimension, Scale scale, double x, Area area, double textSize)
    {
        var axis = New("g", ("class", "axis y"));
        axis.Add(New("path", ("d", $"M{Place(x)} {Place(area.Top)}V{Place(area.Bottom)}"), ("stroke", "currentColor"), ("stroke-opacity", "0.6")));
        axis.Add(Heading(dimension.Title, x, area, textSize));
        var ticks = Ticks.Of(new Axis { Labels = dimension.Labels }, scale.Min, scale.Max, 5);
        // lines end at the last axis
        var isOutside = x > area.Right - 1 && ticks.Labels.All(label => WidthOf(label, textSize - 1) < Margin);
        for (var i = 0; i < ticks.Values.Count; i++)
        {
            var label = Text(ticks.Labels[i], isOutside ? x + 6 : x - 6, scale[ticks.Values[i]] + 4.5, textSize - 1, isOutside ? "start" : "end");
            label.SetAttributeValue("data-value", Exact(ticks.Values[i]));
            axis.Add(label);
        }

        return axis;
    }

    // a long title of the last axis ends at the edge of the figure
    private static XElement Heading(string title, double x, Area area, double textSize) =>
        x > area.Right - 1 && WidthOf(title, textSize) / 2 > Margin
            ? Text(title, x + Margin, area.Top - 14, textSize, "end")
            : Text(title, x, area.Top - 14, textSize);
}
