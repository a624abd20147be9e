namespace DeepLearning.Charts;

/// <summary>Describes a figure in one line.</summary>
internal static class FigureText
{
    internal static string Of(Figure figure)
    {
        var panels = figure.Layout.Panels.Select((panel, i) => Of(panel, [.. figure.Data.Where(trace => trace.Panel == i)]));
        return string.Join(" | ", panels.Prepend(figure.Layout.Title).Where(part => part.Length > 0)).ReplaceLineEndings(" ");
    }

    private static string Of(Panel panel, List<Trace> traces)
    {
        if (traces is [Image picture])
            return $"{picture.Name}: {string.Join(", ", picture.Captions.Select(caption => caption.Text))}";
        if (traces is [ParallelCoordinates runs])
        {
            var titles = string.Join(" · ", runs.Dimensions.Select(dimension => dimension.Title));
            return $"{runs.Values.Count} × {titles}: {runs.Dimensions[runs.ColorBy].Title} {Range(runs, AxisFormat.Number)}";
        }

        // points in labeled rows: the numbers are on the horizontal axis
        if (panel.Y.Labels is not null && traces.TrueForAll(trace => trace is Scatter))
            return $"{Title(panel, panel.X)}: {string.Join(", ", traces.OfType<Scatter>().Select(trace => $"{trace.Name} {Range(trace.X, panel.X.Format)}"))}";

        var title = Title(panel, panel.Y);
        if (panel.X.Title.Length > 0 && traces.Exists(trace => trace is Scatter))
            title += $" against {panel.X.Title}";
        return $"{title}: {string.Join(", ", traces.Select(trace => $"{trace.Name} {Range(trace, panel.Y.Format)}"))}";
    }

    private static string Title(Panel panel, Axis values) => panel.Title.Length > 0 ? panel.Title : values.Title;

    private static string Range(Trace trace, AxisFormat format) => Range(trace.Values, format);

    private static string Range(IEnumerable<double> values, AxisFormat format)
    {
        var finite = values.Where(double.IsFinite).ToList();
        if (finite.Count == 0)
            return "(no values)";
        var lowest = Ticks.ValueLabel(finite.Min(), format);
        var highest = Ticks.ValueLabel(finite.Max(), format);
        return lowest == highest ? lowest : $"{lowest} to {highest}";
    }
}
