using System.Xml.Linq;
using DeepLearning.Charts;
using static System.FormattableString;

namespace DeepLearning.TensorBoard;

// the static display, without scripts
public sealed partial class Board
{
    private const int Bins = 40;
    private const double ImageWidth = 624;
    private const double TitleRoom = 40;

    /// <summary>Draws a histogram over time: a row for each step, a column for each range of values; darker cells have more values.</summary>
    /// <param name="run">The name of the run.</param>
    /// <param name="tag">The tag of the histogram.</param>
    /// <exception cref="KeyNotFoundException">No run has this name.</exception>
    /// <exception cref="ArgumentException">The run has no histogram with this tag.</exception>
    public Figure Histogram(string run, string tag)
    {
        var points = Points(this[run], this[run].Histograms, tag, "histogram");
        var (min, max) = (points.Min(point => point.Min), points.Max(point => point.Max));
        if (!(max > min))
            (min, max) = (min - 0.5, min + 0.5);
        var counts = new double[points.Count, Bins];
        for (var row = 0; row < points.Count; row++)
        {
            foreach (var (bin, count) in EvenBins.Of(points[row], min, max, Bins).Index())
                counts[row, bin] = count > 0 ? count : double.NaN;
        }
        double[] values = [.. Enumerable.Range(0, Bins).Select(bin => min + ((bin + 0.5) * (max - min) / Bins))];
        double[] places = [.. Enumerable.Range(0, points.Count).Select(row => (double)row)];
        var map = new Heatmap(tag, values, places, counts) { Colors = ColorScale.Blues, Lowest = 0, ScaleTitle = "values" };
        // steps may have different distances
        var steps = new Axis("step") { Labels = [.. points.Select(point => Invariant($"{point.Step}"))] };
        return new Figure([map], new Layout($"{tag} of {run}", [new Panel { X = new Axis("value"), Y = steps }]));
    }

    /// <summary>Draws the last image of a run.</summary>
    /// <param name="run">The name of the run.</param>
    /// <param name="tag">The tag of the image.</param>
    /// <exception cref="KeyNotFoundException">No run has this name.</exception>
    /// <exception cref="ArgumentException">The run has no image with this tag, or the image is an SVG drawing.</exception>
    public Figure Image(string run, string tag)
    {
        var image = Points(this[run], this[run].Images, tag, "image")[^1];
        if (image.Width == 0)
            throw new ArgumentException($"The image '{tag}' of {run} is an SVG drawing, not a pixel image.", nameof(tag));
        var layout = new Layout(Invariant($"{tag} of {run}, step {image.Step}"), [new Panel()])
        {
            PanelHeight = Math.Ceiling(TitleRoom + (ImageWidth / image.Width * image.Height)),
        };
        return new Figure([new Image(tag, image.File, image.Width, image.Height)], layout);
    }

    /// <summary>Draws the graph of a run's model: a box for each node.</summary>
    /// <param name="run">The name of the run.</param>
    /// <exception cref="KeyNotFoundException">No run has this name.</exception>
    /// <exception cref="ArgumentException">The run has no graph.</exception>
    public BoardGraph Graph(string run) => this[run].Graph is { Count: > 0 } graph
        ? new BoardGraph(run, graph)
        : throw new ArgumentException($"The run '{run}' has no graph: call SummaryWriter.add_graph(network, images) to write one.", nameof(run));

    /// <summary>Returns a static SVG drawing of the board for pages without scripts: the first curves, histograms and images.</summary>
    public string ToSvg() => BoardSvg.Draw(this).ToString(SaveOptions.DisableFormatting);

    private static List<TPoint> Points<TPoint>(BoardRun run, IReadOnlyDictionary<string, List<TPoint>> series, string tag, string kind) =>
        series.TryGetValue(tag, out var points)
            ? points
            : throw new ArgumentException($"The run '{run.Name}' has no {kind} '{tag}'; its tags are {string.Join(", ", series.Keys.DefaultIfEmpty("none"))}.", nameof(tag));
}
