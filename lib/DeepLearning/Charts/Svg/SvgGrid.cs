using System.Globalization;
using System.Text;
using System.Xml.Linq;
using static DeepLearning.Charts.SvgElement;

namespace DeepLearning.Charts;

/// <summary>Draws the numbers of a grid as colors: small grids as labeled cells, large grids as an image.</summary>
internal static class SvgGrid
{
    private const int MostCells = 450;
    private const int MostSquaresAcross = 50;

    internal static XElement Draw(Grid grid, Scale x, Scale y, double textSize)
    {
        var trace = New("g", ("class", "trace"), ("data-name", grid.Name));
        if (grid is Heatmap map && map.Z.Length <= MostCells)
            trace.Add(Cells(map, x, y, textSize));
        else
            trace.Add(Image(grid, x, y));
        if (grid is Contour contour)
            trace.Add(Lines(contour, x, y));
        return trace;
    }

    private static IEnumerable<XElement> Cells(Heatmap map, Scale x, Scale y, double textSize)
    {
        var (width, height) = (Step(map.X, x), Step(map.Y, y));
        var colorOf = map.Coloring();
        for (var row = 0; row < map.Y.Count; row++)
        {
            for (var column = 0; column < map.X.Count; column++)
            {
                var value = map.Z[row, column];
                var (centerX, centerY) = (x[map.X[column]], y[map.Y[row]]);
                if (double.IsFinite(value))
                    yield return Cell(map, value, colorOf(value), centerX, centerY, width, height, map.X[column], map.Y[row]);
                if (map.Texts?[row, column] is { Length: > 0 } text)
                    yield return Label(text, double.IsFinite(value) ? ColorScale.TextOn(colorOf(value)) : null, centerX, centerY, width, textSize);
            }
        }
    }

    private static XElement Cell(Heatmap map, double value, string color, double centerX, double centerY, double width, double height, double x, double y)
    {
        var cell = New(
            "rect",
            ("x", centerX - width / 2 + 0.5),
            ("y", centerY - height / 2 + 0.5),
            ("width", width - 1),
            ("height", height - 1),
            ("fill", color),
            ("data-x", Exact(x)),
            ("data-y", Exact(y)),
            ("data-z", Exact(value)));
        if (map.Opacity < 1)
            cell.SetAttributeValue("fill-opacity", map.Opacity);
        return cell;
    }

    private static XElement Label(string text, string? color, double x, double y, double width, double size)
    {
        var fitting = Math.Min(size, size * (width - 2) / WidthOf(text, size));
        var label = Text(text, x, y + fitting * 0.36, fitting);
        label.SetAttributeValue("fill", color);
        return label;
    }

    private static XElement Image(Grid grid, Scale x, Scale y)
    {
        var (rows, columns) = (grid.Y.Count, grid.X.Count);
        var pixels = new byte[rows * columns * 4];
        var colorOf = grid.Coloring();
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var value = grid.Z[y[grid.Y[0]] > y[grid.Y[^1]] ? rows - 1 - row : row, column];
                if (!double.IsFinite(value))
                    continue;
                var color = ColorScale.Channels(colorOf(value));
                byte[] pixel = [(byte)color[0], (byte)color[1], (byte)color[2], (byte)Math.Round(255 * grid.Opacity)];
                pixel.CopyTo(pixels, (row * columns + column) * 4);
            }
        }

        var (width, height) = (Step(grid.X, x) * columns, Step(grid.Y, y) * rows);
        var (left, top) = (Math.Min(x[grid.X[0]], x[grid.X[^1]]), Math.Min(y[grid.Y[0]], y[grid.Y[^1]]));
        var image = New(
            "image",
            ("x", left - width / columns / 2),
            ("y", top - height / rows / 2),
            ("width", width),
            ("height", height),
            ("preserveAspectRatio", "none"),
            ("href", $"data:image/png;base64,{Convert.ToBase64String(Pixels.Png(pixels, rows, columns))}"));
        if (grid is Heatmap)
            image.SetAttributeValue("style", "image-rendering:pixelated");
        else
            Clip(image, grid, x, y);
        return image;
    }

    // the pixels of a contour map are centered at its points and exceed the plot by half a step
    private static void Clip(XElement image, Grid grid, Scale x, Scale y)
    {
        var (across, down) = (Step(grid.X, x) / 2, Step(grid.Y, y) / 2);
        image.SetAttributeValue("style", $"clip-path:inset({Place(down)}px {Place(across)}px)");
    }

    private static XElement Lines(Contour contour, Scale x, Scale y)
    {
        var path = new StringBuilder();
        var stride = (Math.Max(contour.X.Count, contour.Y.Count) + MostSquaresAcross - 1) / MostSquaresAcross;
        foreach (var (from, to) in Isolines.Of(contour, stride))
            path.Append(CultureInfo.InvariantCulture, $"M{Place(x[from.X])} {Place(y[from.Y])}L{Place(x[to.X])} {Place(y[to.Y])}");
        return New("path", ("d", path), ("fill", "none"), ("stroke", "#ffffff"), ("stroke-opacity", "0.55"));
    }

    private static double Step(IReadOnlyList<double> places, Scale scale)
    {
        var (from, to) = Grid.Extent(places);
        return Math.Abs(scale[to] - scale[from]) / places.Count;
    }
}
