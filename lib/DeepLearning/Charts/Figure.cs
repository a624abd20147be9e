using DeepLearning.Display;
using Plotly.NET;

namespace DeepLearning.Charts;

/// <summary>A figure: an interactive Plotly.NET chart with an equivalent static SVG drawing.</summary>
[TypeFormatterSource(
    typeof(FigureFormatterSource),
    PreferredMimeTypes = ["application/vnd.plotly.v1+json", "text/html", "image/svg+xml", "text/plain"])]
public sealed class Figure
{
    /// <summary>Initializes a new instance from traces.</summary>
    /// <exception cref="ArgumentException">
    /// There are no panels, a trace refers to a missing panel, or a trace that must be alone in its panel shares it.
    /// </exception>
    /// <param name="data">The traces, each with the index of its panel.</param>
    /// <param name="layout">The title, the panels and their axes.</param>
    public Figure(IEnumerable<Trace> data, Layout layout)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(layout);
        if (layout.Panels.Count == 0)
            throw new ArgumentException("A figure needs at least one panel.", nameof(layout));

        var traces = data.ToList();
        if (traces.Find(trace => trace.Panel < 0 || trace.Panel >= layout.Panels.Count) is { } lost)
            throw new ArgumentException($"Trace '{lost.Name}' is in panel {lost.Panel} of {layout.Panels.Count}.", nameof(data));
        if (traces.GroupBy(trace => trace.Panel).FirstOrDefault(IsMixed) is { } mixed)
            throw new ArgumentException($"Panel {mixed.Key} mixes {string.Join(" with ", mixed.Select(trace => trace.GetType().Name).Distinct())}.", nameof(data));

        Data = Colored(traces);
        Layout = layout;
    }

    /// <summary>Gets the traces, each with its color.</summary>
    public IReadOnlyList<Trace> Data { get; }

    /// <summary>Gets the title, the panels and their axes.</summary>
    public Layout Layout { get; }

    /// <summary>
    /// Gets the interactive form of the figure, a Plotly.NET chart, for further changes with <c>GenericChart.mapLayout</c>, the extension methods of
    /// the package Plotly.NET.CSharp, and so on. Each call returns a new chart; the figure does not change. Notebooks can also display the chart.
    /// </summary>
    /// <remarks>
    /// The namespace Plotly.NET also has types named Chart, Figure, Layout and Trace: to use both, define an alias such as <c>using Chart =
    /// DeepLearning.Charts.Chart;</c>.
    /// </remarks>
    /// <example><c>figure.Chart.WithSize(Width: 600, Height: 300)</c></example>
    public GenericChart Chart
    {
        get
        {
            PlotlyDisplay.Register();
            return PlotlyChart.Of(this);
        }
    }

    /// <summary>
    /// Returns the chart in the JSON format of plotly.js: <c>{"data": […], "layout": {…}}</c>. Numbers that are not finite are null.
    /// </summary>
    public string ToJson() => ChartJson.Of(PlotlyChart.Of(this));

    /// <summary>Returns a static SVG drawing of the figure. Its text is gray, which is legible on white and on black.</summary>
    public string ToSvg() => SvgFigure.Draw(this, textColor: Palette.Neutral).ToString();

    /// <summary>
    /// Returns HTML with the drawing, and a script that replaces it with the interactive chart if plotly.js is available: as <c>window.Plotly</c> of
    /// the page, or at the address in the environment variable <c>PLOTLY_JS_URL</c>.
    /// </summary>
    public string ToHtml() => FigureHtml.Of(this);

    /// <summary>Returns a one-line description of the figure.</summary>
    public override string ToString() => FigureText.Of(this);

    // points, histograms and grids share two numeric axes; each other type of trace has its own type of axes
    private static bool IsMixed(IEnumerable<Trace> panel)
    {
        var traces = panel.ToList();
        return traces.Exists(trace => trace is Bar) && !traces.TrueForAll(trace => trace is Bar)
            || traces.Exists(trace => trace is Image or ParallelCoordinates) && traces.Count > 1;
    }

    private static List<Trace> Colored(List<Trace> traces)
    {
        var names = traces.Where(HasOneColor).Select(trace => trace.Name).Distinct().ToList();
        return traces.ConvertAll(trace => trace.Color is null && HasOneColor(trace)
            ? trace with { Color = Palette.At(names.IndexOf(trace.Name)) }
            : trace);
    }

    private static bool HasOneColor(Trace trace) => trace is Scatter or Bar or Histogram;
}
