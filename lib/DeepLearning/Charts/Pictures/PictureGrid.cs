using System.Globalization;
using System.Text;
using System.Xml.Linq;
using static DeepLearning.Charts.SvgElement;

namespace DeepLearning.Charts;

/// <summary>Draws a tensor of a picture: its heading, its axes, and its matrices of labeled cells or pixels.</summary>
internal sealed class PictureGrid
{
    internal const double Above = 22;
    private const double AxisSize = 16;
    private const double AxisLength = 66;
    private const double CellHeight = 26;
    private const double LabelSize = 13;
    private const string Ink = "#111111";
    private const string Frame = "#d55e00";

    private readonly TensorPart _part;
    private readonly PictureColors _colors;

    internal PictureGrid(TensorPart part, PictureColors colors) => (_part, _colors) = (part, colors);

    internal static double WidthOf(TensorPart part) => Math.Max(
        SvgElement.WidthOf(part.Heading, LabelSize),
        AxesLeft(part) + Math.Max(MatricesWidth(part), part.Axes && part.Shape.Length > 0 ? AxisLength : 0)) + 2;

    internal static double HeightOf(TensorPart part) =>
        AxesTop(part) + Math.Max(MatricesHeight(part), part.Axes && part.Shape.Length > 1 ? AxisLength : 0) + 2;

    internal XElement Draw(double left, double top)
    {
        var group = New("g");
        if (_part.Heading.Length > 0)
            group.Add(Text(_part.Heading, left, top + 14, LabelSize, anchor: "start"));
        var (x, y) = (left + AxesLeft(_part) + 1, top + AxesTop(_part) + 1);
        if (_part.Axes)
            group.Add(Axes(left, x, y));
        for (var down = 0; down < _part.Down; down++)
        {
            for (var across = 0; across < _part.Across; across++)
            {
                var first = ((down * _part.Across) + across) * _part.Rows * _part.Columns;
                var (matrixX, matrixY) = (x + (across * StepAcross(_part)), y + (down * StepDown(_part)));
                group.Add(_part.Labels is { } labels ? Cells(first, labels, matrixX, matrixY) : Pixels(first, matrixX, matrixY));
            }
        }
        return group;
    }

    private IEnumerable<XElement> Cells(int first, IReadOnlyList<string> labels, double x, double y)
    {
        var (wide, framed) = (CellWide(_part), new List<XElement>());
        for (var i = 0; i < _part.Rows * _part.Columns; i++)
        {
            var (cellX, cellY) = (x + (i % _part.Columns * wide), y + (i / _part.Columns * CellHeight));
            var faded = _part.Faded?[first + i] ?? false;
            var cell = Rectangle(cellX, cellY, wide, CellHeight, faded ? "none" : _colors.Of(_part.Values[first + i], labeled: true), Palette.Neutral);
            if (faded)
                cell.SetAttributeValue("stroke-dasharray", "3 3");
            yield return cell;
            var label = Text(labels[first + i], cellX + (wide / 2), cellY + 18, LabelSize);
            if (!faded)
                label.SetAttributeValue("fill", Ink);
            yield return label;
            if (_part.Marked?[first + i] ?? false)
                framed.Add(Framing(cellX + 1, cellY + 1, wide - 2, CellHeight - 2));
        }
        foreach (var frame in framed)
            yield return frame;
    }

    private IEnumerable<XElement> Pixels(int first, double x, double y)
    {
        var (side, framed, paths) = (CellTall(_part), new List<XElement>(), new Dictionary<string, StringBuilder>());
        for (var i = 0; i < _part.Rows * _part.Columns; i++)
        {
            var (pixelX, pixelY) = (x + (i % _part.Columns * side), y + (i / _part.Columns * side));
            var color = _colors.Of(_part.Values[first + i], labeled: false);
            if (!paths.TryGetValue(color, out var path))
                paths.Add(color, path = new StringBuilder());
            path.Append('M').Append(Place(pixelX)).Append(' ').Append(Place(pixelY)).Append(CultureInfo.InvariantCulture, $"h{Place(side)}v{Place(side)}h-{Place(side)}z");
            if (_part.Marked?[first + i] ?? false)
                framed.Add(Framing(pixelX, pixelY, side, side));
        }
        foreach (var (color, path) in paths)
            yield return New("path", ("fill", color), ("shape-rendering", "crispEdges"), ("d", path.ToString()));
        foreach (var frame in framed)
            yield return frame;
    }

    // the last two axes are at the first matrix, the other axes above and beside all matrices
    private IEnumerable<XElement> Axes(double left, double x, double y)
    {
        var rank = _part.Shape.Length;
        if (rank >= 1)
            yield return Axis(rank - 1, x, y - 5);
        if (rank >= 2)
            yield return Axis(rank - 2, x - AxisSize + 4, y, down: true);
        if (rank >= 3)
            yield return Axis(rank - 3, x, y - 5 - AxisSize);
        if (rank >= 4)
            yield return Axis(rank - 4, left + 2, y, down: true);
    }

    private XElement Axis(int axis, double x, double y, bool down = false)
    {
        var text = Text($"axis {axis}: {_part.Shape[axis]} \u2192", x, y, 11, anchor: "start");
        if (down)
            text.SetAttributeValue("transform", $"rotate(90 {Place(x)} {Place(y)})");
        return text;
    }

    private static XElement Rectangle(double x, double y, double width, double height, string fill, string stroke) =>
        New("rect", ("x", x), ("y", y), ("width", width), ("height", height), ("fill", fill), ("stroke", stroke));

    private static XElement Framing(double x, double y, double width, double height)
    {
        var frame = Rectangle(x, y, width, height, "none", Frame);
        frame.SetAttributeValue("stroke-width", "3");
        return frame;
    }

    private static double AxesLeft(TensorPart part) => part.Axes ? AxisSize * (part.Shape.Length / 2) : 0;

    private static double AxesTop(TensorPart part) => (part.Heading.Length > 0 ? Above : 0) + (part.Axes ? AxisSize * ((part.Shape.Length + 1) / 2) : 0);

    private static double MatricesWidth(TensorPart part) => (part.Across * StepAcross(part)) - Between(part);

    private static double MatricesHeight(TensorPart part) => (part.Down * StepDown(part)) - Between(part);

    private static double StepDown(TensorPart part) => (part.Rows * CellTall(part)) + Between(part);

    private static double StepAcross(TensorPart part) => (part.Columns * CellWide(part)) + Between(part);

    private static double Between(TensorPart part) => part.Labels is null ? 6 : 14;

    private static double CellWide(TensorPart part) => part.Labels is { } labels
        ? Math.Max(28, labels.Max(label => SvgElement.WidthOf(label, LabelSize)) + 10)
        : CellTall(part);

    // an image of 28x28 has about the size of a thumbnail
    private static double CellTall(TensorPart part) =>
        part.Labels is not null ? CellHeight : Math.Clamp(Math.Floor(112.0 / Math.Max(part.Rows, part.Columns)), 2, 16);
}
