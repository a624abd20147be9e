using TorchSharp.Extras.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Charts;

public static partial class Chart
{
    private const int PointsAcross = 61;
    private const double MapHeight = 460;

    /// <summary>Draws a function of two variables as a contour map, with paths such as those of optimizers.</summary>
    /// <param name="function">The function.</param>
    /// <param name="x">The range of the first variable.</param>
    /// <param name="y">The range of the second variable.</param>
    /// <param name="title">The title of the figure.</param>
    /// <param name="xTitle">The title of the horizontal axis.</param>
    /// <param name="yTitle">The title of the vertical axis.</param>
    /// <param name="zTitle">The title of the color scale.</param>
    /// <param name="paths">Lines or points on the map.</param>
    public static Figure Contour(
        Func<double, double, double> function, (double From, double To) x, (double From, double To) y,
        string title = "", string xTitle = "x", string yTitle = "y", string zTitle = "height", params IEnumerable<Scatter> paths)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(paths);
        var (columns, rows) = (Spaced(x, PointsAcross), Spaced(y, PointsAcross));
        var heights = new double[rows.Length, columns.Length];
        for (var row = 0; row < rows.Length; row++)
        {
            for (var column = 0; column < columns.Length; column++)
                heights[row, column] = function(columns[column], rows[row]);
        }
        // the first colors of the palette have little contrast on the map's greens and blues, and white is invisible in the legend of a white page
        var shown = paths.Select((path, i) => path.Color is null ? path with { Color = OnMaps[i % OnMaps.Length] } : path);
        return new Figure(
            [new Contour(zTitle, columns, rows, heights) { ScaleTitle = zTitle }, .. shown],
            new Layout(title, [new Panel { X = new Axis(xTitle), Y = new Axis(yTitle) }]) { PanelHeight = MapHeight });
    }

    /// <summary>Draws the decision regions of a model in a plane of two features, with the samples.</summary>
    /// <param name="model">A model that returns scores [N, classes] for [N, 2]. The method calls it in evaluation mode and restores its mode.</param>
    /// <param name="points">The features of the samples, [N, 2].</param>
    /// <param name="labels">The classes of the samples, [N].</param>
    /// <param name="classNames">The names of the classes; their numbers by default.</param>
    /// <param name="title">The title of the figure.</param>
    /// <param name="xTitle">The title of the horizontal axis.</param>
    /// <param name="yTitle">The title of the vertical axis.</param>
    /// <exception cref="ArgumentException">
    /// The points are not [N, 2], the number of labels differs, or the model does not return scores of at least two classes.
    /// </exception>
    /// <remarks>Tutorial 001.</remarks>
    public static Figure DecisionRegions(
        nn.Module<Tensor, Tensor> model, Tensor points, Tensor labels, IReadOnlyList<string>? classNames = null,
        string title = "", string xTitle = "feature 1", string yTitle = "feature 2")
    {
        ArgumentNullException.ThrowIfNull(model);
        using var evaluation = ModuleModes.Evaluation(model);
        return DecisionRegions(ClassesOf, points, labels, classNames, title, xTitle, yTitle);

        Tensor ClassesOf(Tensor inputs)
        {
            var scores = model.call(inputs);
            return scores.ndim == 2 && scores.shape[1] > 1
                ? scores.argmax(1)
                : throw new ArgumentException(
                    $"The model must return scores [N, classes] with at least two classes, but it returned [{string.Join(", ", scores.shape)}]. For a model with "
                    + "one output, give a function that returns classes.", nameof(model));
        }
    }

    /// <summary>
    /// Draws the decision regions of a function that returns classes, for models with one output: <c>x => (model.call(x) >
    /// 0.5).to(torch.int64).squeeze(1)</c>.
    /// </summary>
    /// <param name="classify">A function that returns the classes [N] for [N, 2].</param>
    /// <param name="points">The features of the samples, [N, 2].</param>
    /// <param name="labels">The classes of the samples, [N].</param>
    /// <param name="classNames">The names of the classes; their numbers by default.</param>
    /// <param name="title">The title of the figure.</param>
    /// <param name="xTitle">The title of the horizontal axis.</param>
    /// <param name="yTitle">The title of the vertical axis.</param>
    /// <exception cref="ArgumentException">The points are not [N, 2], or the number of labels differs.</exception>
    public static Figure DecisionRegions(
        Func<Tensor, Tensor> classify, Tensor points, Tensor labels, IReadOnlyList<string>? classNames = null,
        string title = "", string xTitle = "feature 1", string yTitle = "feature 2")
    {
        ArgumentNullException.ThrowIfNull(classify);
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(labels);
        if (points.ndim != 2 || points.shape[1] != 2 || points.shape[0] == 0 || labels.NumberOfElements != points.shape[0])
        {
            throw new ArgumentException(
                $"The points must be [N, 2] and the labels [N], but these are [{string.Join(", ", points.shape)}] and "
                + $"[{string.Join(", ", labels.shape)}].", nameof(points));
        }
        var (features, classes) = (Elements(points), Classes(labels));
        double[] x = [.. features.Where((_, i) => i % 2 == 0)];
        double[] y = [.. features.Where((_, i) => i % 2 == 1)];
        var (columns, rows) = (Spaced(Around(x), 2 * PointsAcross), Spaced(Around(y), 2 * PointsAcross));
        var regions = Regions(classify, points, columns, rows);
        var count = 1 + (int)Math.Max(classes.Max(), regions.Cast<double>().Max());
        var map = new Heatmap("regions", columns, rows, regions)
        {
            Colors = ColorScale.OfClasses(count),
            Opacity = 0.35,
            Lowest = 0,
            Highest = Math.Max(1, count - 1),
        };
        var samples = Enumerable.Range(0, count).Select(label => new Scatter(
            classNames is not null && label < classNames.Count ? classNames[label] : $"class {label}",
            [.. x.Where((_, i) => classes[i] == label)], [.. y.Where((_, i) => classes[i] == label)])
        {
            Mode = ScatterMode.Markers,
            Color = Palette.At(label),
        });
        return new Figure([map, .. samples], new Layout(title, [new Panel { X = new Axis(xTitle), Y = new Axis(yTitle) }]) { PanelHeight = MapHeight });
    }

    private static string[] OnMaps { get; } = ["#ff4d4d", "#ff9a1f", "#f06bff", "#3fb8ff", "#b8b8b8"];

    private static double[,] Regions(Func<Tensor, Tensor> classify, Tensor like, double[] columns, double[] rows)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        float[] places = [.. rows.SelectMany(row => columns.SelectMany(column => (float[])[(float)column, (float)row]))];
        var seen = Classes(classify(tensor(places).view(-1, 2).to(like.dtype).to(like.device)));
        var regions = new double[rows.Length, columns.Length];
        for (var i = 0; i < seen.Length; i++)
            regions[i / columns.Length, i % columns.Length] = seen[i];
        return regions;
    }

    private static (double From, double To) Around(double[] values)
    {
        var (min, max) = (values.Min(), values.Max());
        var room = max > min ? (max - min) * 0.08 : 1;
        return (min - room, max + room);
    }

    private static double[] Spaced((double From, double To) range, int count) =>
        [.. Enumerable.Range(0, count).Select(i => range.From + (range.To - range.From) * i / (count - 1))];
}
