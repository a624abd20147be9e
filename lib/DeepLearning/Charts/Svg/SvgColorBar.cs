using System.Xml.Linq;
using static DeepLearning.Charts.SvgElement;

namespace DeepLearning.Charts;

/// <summary>Draws the color scale at the right of a plot.</summary>
internal static class SvgColorBar
{
    private const int Steps = 32;
    private const double Width = 12;

    internal static XElement Draw(Grid grid, Area plot, Area area, double textSize) =>
        Draw(grid.Colors, grid.Range(), grid.ScaleTitle!, plot, area, textSize);

    private static XElement Draw(ColorScale colors, (double Lowest, double Highest) range, string title, Area plot, Area area, double textSize)
    {
        var bar = New("g", ("class", "colors"));
        var (left, step) = (plot.Right + 12, plot.Height / Steps);
        for (var i = 0; i < Steps; i++)
        {
            bar.Add(New(
                "rect",
                ("x", left),
                ("y", plot.Bottom - (i + 1) * step),
                ("width", Width),
                ("height", step + 0.5),
                ("fill", colors.At((i + 0.5) / Steps))));
        }

        var scale = new Scale(range.Lowest, range.Highest, plot.Bottom, plot.Top);
        var ticks = Ticks.Between(range.Lowest, range.Highest, 4, AxisFormat.Number);
        for (var i = 0; i < ticks.Values.Count; i++)
            bar.Add(Text(ticks.Labels[i], left + Width + 5, scale[ticks.Values[i]] + 4.5, textSize, "start"));
        var upward = Text(title, 0, 0, textSize);
        upward.SetAttributeValue("transform", $"translate({Place(area.Right - 6)} {Place(plot.Middle)}) rotate(-90)");
        bar.Add(upward);
        return bar;
    }
}
