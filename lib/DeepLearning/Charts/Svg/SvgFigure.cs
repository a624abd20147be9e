using System.Xml.Linq;
using static DeepLearning.Charts.SvgElement;

namespace DeepLearning.Charts;

/// <summary>Draws a figure: its title, its panels side by side, and its legend below them.</summary>
internal static class SvgFigure
{
    private const double PanelWidth = 440;
    private const double WidestPanel = 640;
    private const double TitleHeight = 34;
    private const double TitleSize = 17;

    /// <summary>Draws the figure.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="textColor">The color of text and lines; null for the color of the surrounding page.</param>
    /// <param name="width">The width of a panel; null for the available width of a page.</param>
    internal static XElement Draw(Figure figure, string? textColor, double? width = null)
    {
        var panels = figure.Layout.Panels;
        var panelWidth = width ?? (panels.Count == 1 ? WidestPanel : PanelWidth);
        var fullWidth = panelWidth * panels.Count;
        var panelHeight = figure.Layout.PanelHeight;
        var top = figure.Layout.Title.Length > 0 ? TitleHeight : 0;
        var legend = SvgLegend.Draw(figure.Data, fullWidth, top + panelHeight, out var legendHeight);
        var height = top + panelHeight + legendHeight;

        var svg = New(
            "svg",
            ("viewBox", $"0 0 {Place(fullWidth)} {Place(height)}"),
            ("width", fullWidth),
            ("height", height),
            ("style", "max-width:100%;height:auto"),
            ("role", "img"),
            ("aria-label", figure.ToString()),
            ("font-family", "system-ui, sans-serif"),
            ("fill", "currentColor"));
        if (textColor is not null)
            svg.SetAttributeValue("color", textColor);

        svg.Add(Title(top > 0 ? figure.Layout.Title : figure.ToString()));
        if (top > 0)
            svg.Add(Fitted(figure.Layout.Title, fullWidth / 2, top - 12, TitleSize, fullWidth - 8));
        var budget = new PointBudget(figure.Data);
        for (var i = 0; i < panels.Count; i++)
        {
            var area = new Area(i * panelWidth, top, panelWidth, panelHeight);
            svg.Add(SvgPanel.Draw(panels[i], [.. figure.Data.Where(trace => trace.Panel == i)], area, budget));
        }

        svg.Add(legend);
        return svg;
    }
}
