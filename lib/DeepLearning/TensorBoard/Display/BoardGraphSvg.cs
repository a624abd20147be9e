using System.Xml.Linq;
using DeepLearning.Charts;
using static DeepLearning.Charts.SvgElement;

namespace DeepLearning.TensorBoard;

/// <summary>
/// Draws a graph in rows, like lines of text: consecutive nodes are side by side, and arrows connect inputs with nodes.
/// </summary>
internal static class BoardGraphSvg
{
    private const double Width = 860;
    private const double BoxWidth = 150;
    private const double BoxHeight = 44;
    private const double GapX = 27;
    private const double GapY = 40;
    private const int LongestText = 22;
    private const string Tip = "graph-tip";

    private static int Columns => (int)((Width + GapX) / (BoxWidth + GapX));

    internal static XElement Draw(BoardGraph graph)
    {
        var places = graph.Nodes.Index().ToDictionary(entry => entry.Item.Name, entry => At(entry.Index));
        var height = At(graph.Nodes.Count - 1).Y + BoxHeight + 1;
        var title = $"Graph of {graph.Run}: {string.Join(" → ", graph.Nodes.Select(node => node.Name))}";
        var svg = New(
            "svg", ("viewBox", $"0 0 {Place(Width)} {Place(height)}"), ("width", Width), ("height", height), ("style", "max-width:100%;height:auto"),
            ("role", "img"), ("aria-label", title), ("font-family", "system-ui, sans-serif"), ("fill", Palette.Neutral));
        svg.Add(Title(title), Marker());
        foreach (var node in graph.Nodes)
        {
            foreach (var input in node.Inputs.Where(places.ContainsKey))
                svg.Add(Arrow(places[input], places[node.Name]));
        }
        foreach (var node in graph.Nodes)
            svg.Add(Box(node, places[node.Name]));
        return svg;
    }

    private static (double X, double Y) At(int index) => (((index % Columns) * (BoxWidth + GapX)) + 1, ((index / Columns) * (BoxHeight + GapY)) + 1);

    private static XElement Box(GraphNode node, (double X, double Y) place)
    {
        var box = New("g");
        box.Add(
            Title(node.Name),
            New(
                "rect", ("x", place.X), ("y", place.Y), ("width", BoxWidth), ("height", BoxHeight), ("rx", 6),
                ("fill", Palette.At(0)), ("fill-opacity", "0.15"), ("stroke", Palette.At(0))),
            Text(Short(node.Name), place.X + (BoxWidth / 2), place.Y + 18, 14),
            Text(Short(node.Shape.Length > 0 ? node.Shape : node.Kind), place.X + (BoxWidth / 2), place.Y + 36, 13));
        return box;
    }

    private static XElement Arrow((double X, double Y) from, (double X, double Y) to)
    {
        // straight to the neighbor; otherwise down to the gap between two rows, along the gap, and to the end
        var path = from.Y == to.Y && to.X - from.X <= BoxWidth + GapX
            ? $"M{Place(from.X + BoxWidth)} {Place(from.Y + (BoxHeight / 2))}H{Place(to.X - 2)}"
            : $"M{Place(from.X + (BoxWidth / 2))} {Place(from.Y + BoxHeight)}V{Place(from.Y + BoxHeight + (GapY / 2))}"
                + $"H{Place(to.X + (BoxWidth / 2))}V{Place(from.Y < to.Y ? to.Y - 2 : to.Y + BoxHeight + 2)}";
        return New("path", ("d", path), ("fill", "none"), ("stroke", Palette.Neutral), ("stroke-width", 1.5), ("marker-end", $"url(#{Tip})"));
    }

    private static XElement Marker()
    {
        var marker = New(
            "marker", ("id", Tip), ("viewBox", "0 0 8 8"), ("refX", 7), ("refY", 4), ("markerWidth", 7), ("markerHeight", 7), ("orient", "auto"));
        marker.Add(New("path", ("d", "M0 0 8 4 0 8z"), ("fill", Palette.Neutral)));
        var definitions = New("defs");
        definitions.Add(marker);
        return definitions;
    }

    private static string Short(string text) => text.Length > LongestText ? $"…{text[^(LongestText - 1)..]}" : text;
}
