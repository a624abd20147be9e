using System.Xml.Linq;
using static DeepLearning.Charts.SvgElement;

namespace DeepLearning.Charts;

/// <summary>Draws bars, grouped by category.</summary>
internal static class SvgBars
{
    private const double ShareOfCategory = 0.8;
    private const double WidestBar = 70;
    private const double NarrowestLabelled = 11;

    /// <summary>Returns a scale that starts at zero, with space for the values above the bars.</summary>
    internal static Scale ScaleOf(IReadOnlyList<Bar> bars, Area plot, AxisFormat format, double textSize)
    {
        var values = bars.SelectMany(bar => bar.Values).ToList();
        if (!HaveHeight(bars))
            return new Scale(0, 1, plot.Bottom, plot.Top);
        var room = 10 + (LabelsFit(bars, Width(bars, plot), format, textSize)
            ? textSize
            : values.Where(double.IsFinite).Max(value => WidthOf(Ticks.ValueLabel(value, format), textSize)));
        return Scale.Around(values.Append(0), plot.Bottom, plot.Top, below: 0, above: room / (plot.Height - room));
    }

    /// <summary>
    /// Returns the top of the highest bar. There are no ticks in the space for values above it, so an axis of percentages does not show 120 %.
    /// </summary>
    internal static double Top(IReadOnlyList<Bar> bars, Scale y) =>
        HaveHeight(bars) ? bars.SelectMany(bar => bar.Values).Where(double.IsFinite).Append(0).Max() : y.Max;

    internal static XElement Draw(IReadOnlyList<Bar> bars, Scale y, Area plot, AxisFormat format, double textSize, bool turned = false)
    {
        var categories = Categories(bars);
        var step = plot.Width / categories.Count;
        var drawing = New("g", ("class", "axis x"));
        for (var i = 0; i < categories.Count; i++)
        {
            var center = plot.Left + (i + 0.5) * step;
            drawing.Add(turned ? Slanting(categories[i], center, plot.Bottom + 14, textSize) : Text(categories[i], center, plot.Bottom + 19, textSize));
        }

        drawing.Add(New("path", ("d", $"M{Place(plot.Left)} {Place(y[0])}H{Place(plot.Right)}"), ("stroke", "currentColor"), ("stroke-opacity", "0.5")));

        var width = Width(bars, plot);
        var upright = LabelsFit(bars, width, format, textSize);
        for (var i = 0; i < bars.Count; i++)
        {
            var trace = New("g", ("class", "trace"), ("data-name", bars[i].Name));
            for (var j = 0; j < bars[i].Values.Count; j++)
            {
                if (!double.IsFinite(bars[i].Values[j]))
                    continue;
                var center = plot.Left + (categories.IndexOf(bars[i].Categories[j]) + 0.5) * step + (i - (bars.Count - 1) / 2.0) * width;
                trace.Add(Rectangle(bars[i], j, center, width, y, format));
                if (width >= NarrowestLabelled)
                    trace.Add(Label(bars[i].Values[j], center, y, format, textSize, upright));
            }

            drawing.Add(trace);
        }

        return drawing;
    }

    private static bool HaveHeight(IReadOnlyList<Bar> bars) =>
        bars.SelectMany(bar => bar.Values).Any(value => double.IsFinite(value) && value != 0);

    internal static List<string> Categories(IReadOnlyList<Bar> bars) => [.. bars.SelectMany(bar => bar.Categories).Distinct()];

    private static double Width(IReadOnlyList<Bar> bars, Area plot) =>
        Math.Min(WidestBar, plot.Width / Categories(bars).Count * ShareOfCategory / bars.Count);

    private static bool LabelsFit(IReadOnlyList<Bar> bars, double width, AxisFormat format, double textSize) => bars
        .SelectMany(bar => bar.Values)
        .Where(double.IsFinite)
        .All(value => WidthOf(Ticks.ValueLabel(value, format), textSize) <= width + 4);

    private static XElement Rectangle(Bar bar, int index, double center, double width, Scale y, AxisFormat format)
    {
        var value = bar.Values[index];
        var rectangle = New(
            "rect",
            ("x", center - width / 2 + 1),
            ("y", Math.Min(y[value], y[0])),
            ("width", Math.Max(1, width - 2)),
            ("height", Math.Abs(y[value] - y[0])),
            ("fill", bar.Color!),
            ("data-x", bar.Categories[index]),
            ("data-y", Exact(value)));
        rectangle.Add(Title($"{bar.Name}, {bar.Categories[index]}: {Ticks.ValueLabel(value, format)}"));
        return rectangle;
    }

    private static XElement Label(double value, double center, Scale y, AxisFormat format, double textSize, bool upright)
    {
        var at = y[Math.Max(value, 0)] - 5;
        var text = Ticks.ValueLabel(value, format);
        if (upright)
            return Text(text, center, at, textSize);
        var turned = Text(text, 0, 0, textSize, "start");
        turned.SetAttributeValue("transform", $"translate({Place(center + textSize * 0.35)} {Place(at)}) rotate(-90)");
        return turned;
    }
}
