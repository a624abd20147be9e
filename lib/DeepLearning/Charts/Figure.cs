using DeepLearning.Display;

namespace DeepLearning.Charts;

/// <summary>A chart: a plotly.js figure and its static svg twin.</summary>
[TypeFormatterSource(
    typeof(FigureFormatterSource),
    PreferredMimeTypes = ["application/vnd.plotly.v1+json", "text/html", "image/svg+xml", "text/plain"])]
public sealed class Figure
{
    /// <summary>A figure of the given traces.</summary>
    /// <exception cref="ArgumentException">There is no panel, a trace is in none, or one that needs a panel to itself shares it.</exception>
    public Figure(IEnumerable<Trace> data, Layout layout)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(layout);
        if (layout.Panels.Count == 0)
            throw new ArgumentException("A figure needs a panel.", nameof(layout));

        var traces = data.ToList();
        if (traces.Find(trace => trace.Panel < 0 || trace.Panel >= layout.Panels.Count) is { } lost)
            throw new ArgumentException($"Trace '{lost.Name}' is in panel {lost.Panel} of {layout.Panels.Count}.", nameof(data));
        if (traces.GroupBy(trace => trace.Panel).FirstOrDefault(IsMixed) is { } mixed)
            throw new ArgumentException($"Panel {mixed.Key} mixes {string.Join(" with ", mixed.Select(trace => trace.GetType().Name).Distinct())}.", nameof(data));

        Data = Coloured(traces);
        Layout = layout;
    }

    /// <summary>The traces, each with its colour.</summary>
    public IReadOnlyList<Trace> Data { get; }

    /// <summary>Title, panels and axes.</summary>
    public Layout Layout { get; }

    /// <summary>The figure as plotly.js reads it: <c>{"data": […], "layout": {…}}</c>. What is not a finite number is null.</summary>
    public string ToJson() => PlotlyJson.Of(this).ToJsonString(PlotlyJson.Options);

    /// <summary>A static drawing of the figure that needs nothing else; its text is of a grey that is legible on white and on black.</summary>
    public string ToSvg() => SvgFigure.Draw(this, textColor: Palette.Neutral).ToString();

    /// <summary>The drawing with a script that puts the interactive figure in its place where plotly.js is at hand.</summary>
    public string ToHtml() => FigureHtml.Of(this);

    /// <summary>One line that says what is drawn.</summary>
    public override string ToString() => FigureText.Of(this);

    // points, histograms and grids lie on two axes of numbers; of the others each has axes of its own kind
    private static bool IsMixed(IEnumerable<Trace> panel)
    {
        var traces = panel.ToList();
        return traces.Exists(trace => trace is Bar) && !traces.TrueForAll(trace => trace is Bar)
            || traces.Exists(trace => trace is Image or ParallelCoordinates) && traces.Count > 1;
    }

    private static List<Trace> Coloured(List<Trace> traces)
    {
        var names = traces.Where(HasOneColour).Select(trace => trace.Name).Distinct().ToList();
        return traces.ConvertAll(trace => trace.Color is null && HasOneColour(trace)
            ? trace with { Color = Palette.At(names.IndexOf(trace.Name)) }
            : trace);
    }

    private static bool HasOneColour(Trace trace) => trace is Scatter or Bar or Histogram;
}
