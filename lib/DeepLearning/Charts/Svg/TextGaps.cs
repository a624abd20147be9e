using System.Globalization;
using System.Text;
using System.Xml.Linq;
using static DeepLearning.Charts.SvgElement;

namespace DeepLearning.Charts;

/// <summary>Draws lines with gaps at texts.</summary>
/// <param name="labels">The texts, which end at their positions.</param>
internal sealed class TextGaps(IEnumerable<XElement> labels)
{
    private const double Margin = 3;

    private readonly List<Area> _boxes = [.. labels.Select(BoxOf)];

    /// <summary>Returns a path through points, for the attribute "d".</summary>
    public string Path(IReadOnlyList<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        var isDrawing = false;
        for (var i = 0; i + 1 < points.Count; i++)
        {
            foreach (var (from, to) in Visible(points[i], points[i + 1]))
            {
                if (!isDrawing || from > 0)
                    path.Append('M').Append(PlaceOf(points[i], points[i + 1], from));
                path.Append('L').Append(PlaceOf(points[i], points[i + 1], to));
                isDrawing = to >= 1;
            }
        }
        // a single point has no line
        return path.Length > 0 ? path.ToString() : $"M{PlaceOf(points[0], points[0], 0)}";
    }

    /// <summary>Returns the parts of a segment that no box covers, as fractions of its length.</summary>
    private List<(double From, double To)> Visible((double X, double Y) start, (double X, double Y) end)
    {
        List<(double From, double To)> parts = [];
        var drawn = 0.0;
        foreach (var (from, to) in _boxes.Select(box => Covered(box, start, end)).Where(part => part.To > part.From).Order())
        {
            if (from > drawn)
                parts.Add((drawn, from));
            drawn = Math.Max(drawn, to);
        }
        if (drawn < 1)
            parts.Add((drawn, 1));
        return parts;
    }

    private static (double From, double To) Covered(Area box, (double X, double Y) start, (double X, double Y) end)
    {
        var (x, y) = (Within(start.X, end.X, box.Left, box.Right), Within(start.Y, end.Y, box.Top, box.Bottom));
        return (Math.Max(x.From, y.From), Math.Min(x.To, y.To));
    }

    // the fractions between which a linear function from start to end is within two limits
    private static (double From, double To) Within(double start, double end, double low, double high)
    {
        if (Math.Abs(end - start) < 1e-9)
            return start > low && start < high ? (0, 1) : (1, 0);
        var (first, second) = ((low - start) / (end - start), (high - start) / (end - start));
        return (Math.Clamp(Math.Min(first, second), 0, 1), Math.Clamp(Math.Max(first, second), 0, 1));
    }

    private static string PlaceOf((double X, double Y) start, (double X, double Y) end, double share) =>
        $"{Place(start.X + (share * (end.X - start.X)))} {Place(start.Y + (share * (end.Y - start.Y)))}";

    private static Area BoxOf(XElement label)
    {
        var (x, y, size) = (Number("x"), Number("y"), Number("font-size"));
        var width = WidthOf(label.Value, size);
        return new Area(x - width - Margin, y - size, width + (2 * Margin), 1.3 * size);

        double Number(string attribute) => double.Parse(label.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
    }
}
