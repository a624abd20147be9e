using System.Globalization;
using System.Xml.Linq;
using DeepLearning.Charts;
using DeepLearning.Display;
using static DeepLearning.Charts.SvgElement;

namespace DeepLearning.TensorBoard;

/// <summary>Draws a static board: its first figures, two per row.</summary>
internal static class BoardSvg
{
    private const double Width = 860;
    private const double Gap = 16;
    private const double HeadingHeight = 30;
    private const int Columns = 2;
    private const int MostCurves = 4;
    private const int MostHistograms = 2;
    private const int MostImages = 1;

    internal static XElement Draw(Board board)
    {
        var runs = Quantity.Text(board.Runs.Count, "run");
        var heading = $"TensorBoard: {runs}, {board.Tags.Count} curves";
        var curves = Curves(board);
        var named = board.Runs.Count > 1 ? curves.SelectMany(figure => figure.Data).DistinctBy(trace => trace.Name).ToList() : [];
        var legend = SvgLegend.Draw(named, Width, HeadingHeight, out var legendHeight);
        var (drawn, top) = (new List<XElement>(), HeadingHeight + legendHeight);
        foreach (var row in Figures(board, curves, hasLegend: named.Count > 0).Select(Drawing).Chunk(Columns))
        {
            foreach (var (column, figure) in row.Index())
                MoveTo(figure, column * (ColumnWidth + Gap), top);
            drawn.AddRange(row);
            top += row.Max(figure => Number(figure, "height")) + Gap;
        }
        var svg = New(
            "svg", ("viewBox", $"0 0 {Width} {Place(top)}"), ("width", Width), ("height", top), ("style", "max-width:100%;height:auto"),
            ("role", "img"), ("aria-label", heading), ("font-family", "system-ui, sans-serif"), ("fill", "currentColor"), ("color", Palette.Neutral));
        svg.Add(Title(heading), Text(heading, Width / 2, 18, 17));
        if (named.Count > 0)
            svg.Add(legend);
        svg.Add(drawn);
        return svg;
    }

    // an image has the height for its own width
    private static XElement Drawing(Figure figure) =>
        SvgFigure.Draw(figure, textColor: null, figure.Data is [Image] ? null : ColumnWidth / figure.Layout.Panels.Count);

    private static double ColumnWidth => (Width - (Gap * (Columns - 1))) / Columns;

    private static List<Figure> Curves(Board board) => [.. board.TagsAsShown.Take(MostCurves).Select(board.Chart)];

    private static IEnumerable<Figure> Figures(Board board, List<Figure> curves, bool hasLegend) =>
    [
        .. hasLegend ? curves.Select(WithoutLegend) : curves,
        .. First(MostHistograms, board, run => run.Histograms.Keys).Select(found => board.Histogram(found.Run, found.Tag)),
        .. First(MostImages, board, run => run.Images.Where(entry => entry.Value[^1].Width > 0).Select(entry => entry.Key))
            .Select(found => board.Image(found.Run, found.Tag)),
    ];

    private static Figure WithoutLegend(Figure figure) => new(figure.Data.Select(trace => trace with { ShowInLegend = false }), figure.Layout);

    private static IEnumerable<(string Run, string Tag)> First(int most, Board board, Func<BoardRun, IEnumerable<string>> tags) =>
        board.Runs.SelectMany(run => tags(run).Select(tag => (run.Name, tag))).Take(most);

    /// <summary>Moves a figure to a column and scales it to the width of the column.</summary>
    private static void MoveTo(XElement figure, double left, double top)
    {
        var scale = ColumnWidth / Number(figure, "width");
        figure.SetAttributeValue("x", Place(left));
        figure.SetAttributeValue("y", Place(top));
        figure.SetAttributeValue("height", Place(Number(figure, "height") * scale));
        figure.SetAttributeValue("width", Place(ColumnWidth));
        figure.SetAttributeValue("style", null);
    }

    private static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
