using DeepLearning.Display;
using Plotly.NET;

namespace DeepLearning.Charts;

/// <summary>Registers formatters of Plotly.NET's charts with the notebook kernel of this process, when a figure first returns its chart.</summary>
internal static class PlotlyDisplay
{
    internal static IReadOnlyList<(string MimeType, Func<object, string> Render)> Formatters { get; } =
    [
        ("application/vnd.plotly.v1+json", chart => ChartJson.Of((GenericChart)chart)),
        ("text/html", chart => FigureHtml.Of(ChartJson.Of((GenericChart)chart), drawing: null)),
        ("text/plain", chart => $"A Plotly.NET chart of {GenericChart.countTrace((GenericChart)chart)} traces."),
    ];

    private static readonly Lazy<bool> _registered = new(() =>
    {
        KernelFormatters.Register(typeof(GenericChart), Formatters);
        return true;
    });

    internal static void Register() => _ = _registered.Value;
}
