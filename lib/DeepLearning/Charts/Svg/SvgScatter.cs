using System.Text;
using System.Xml.Linq;
using static System.FormattableString;
using static DeepLearning.Charts.SvgElement;

namespace DeepLearning.Charts;

/// <summary>Draws a series of points.</summary>
internal static class SvgScatter
{
    private const double LineWidth = 2;
    private const double Radius = 3.2;

    internal static XElement Draw(Scatter scatter, Scale x, Scale y, PointBudget budget)
    {
        var kept = Downsampling.Keep(scatter.Y, budget.PointsOfTrace).ToList();
        var trace = New("g", ("class", "trace"), ("data-name", scatter.Name));
        if (scatter.Mode.HasFlag(ScatterMode.Lines))
            trace.Add(Stroked(New("path", ("d", Line(scatter, kept, x, y))), scatter));
        if (scatter.Mode.HasFlag(ScatterMode.Markers))
            trace.Add(budget.MarksCarryData ? Markers(scatter, kept, x, y) : Dots(scatter, kept, x, y));
        return trace;
    }

    internal static XElement Stroked(XElement path, Scatter scatter)
    {
        path.SetAttributeValue("fill", "none");
        path.SetAttributeValue("stroke", scatter.Color);
        path.SetAttributeValue("stroke-width", LineWidth);
        path.SetAttributeValue("stroke-linejoin", "round");
        path.SetAttributeValue("stroke-linecap", scatter.Dash == Dash.Dash ? "butt" : "round");
        path.SetAttributeValue("stroke-dasharray", scatter.Dash switch { Dash.Dash => "6 4", Dash.Dot => "0 5", _ => null });
        return path;
    }

    private static string Line(Scatter scatter, List<int> kept, Scale x, Scale y)
    {
        var path = new StringBuilder();
        var (points, gap) = (0, true);
        foreach (var i in kept)
        {
            if (!IsShown(scatter, i, x, y))
            {
                End();
                gap = true;
                continue;
            }

            path.Append(gap ? 'M' : 'L').Append(Place(x[scatter.X[i]])).Append(' ').Append(Place(y[scatter.Y[i]]));
            points = gap ? 1 : points + 1;
            gap = false;
        }

        End();
        return path.ToString();

        // a point between two gaps is a line of length zero, drawn as a dot
        void End()
        {
            if (!gap && points == 1)
                path.Append("h0");
        }
    }

    private static XElement Markers(Scatter scatter, List<int> kept, Scale x, Scale y)
    {
        var markers = New("g", ("fill", scatter.Color!));
        foreach (var i in kept.Where(i => IsShown(scatter, i, x, y)))
        {
            var marker = New(
                "circle",
                ("cx", x[scatter.X[i]]),
                ("cy", y[scatter.Y[i]]),
                ("r", Radius),
                ("data-x", Exact(scatter.X[i])),
                ("data-y", Exact(scatter.Y[i])));
            marker.Add(Title(Invariant($"{scatter.Name}: {scatter.X[i]:G6}, {scatter.Y[i]:G6}")));
            markers.Add(marker);
        }

        return markers;
    }

    private static XElement Dots(Scatter scatter, List<int> kept, Scale x, Scale y)
    {
        var dots = string.Concat(kept.Where(i => IsShown(scatter, i, x, y)).Select(i => $"M{Place(x[scatter.X[i]])} {Place(y[scatter.Y[i]])}h0"));
        return New("path", ("d", dots), ("fill", "none"), ("stroke", scatter.Color!), ("stroke-width", 2 * Radius), ("stroke-linecap", "round"));
    }

    // a logarithmic axis has no position for zero and negative values
    private static bool IsShown(Scatter scatter, int i, Scale x, Scale y) => double.IsFinite(x[scatter.X[i]]) && double.IsFinite(y[scatter.Y[i]]);
}
