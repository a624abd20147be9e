using System.Numerics;
using System.Runtime.CompilerServices;
using DeepLearning.Data;
using static TorchSharp.torch;

namespace DeepLearning.Charts;

public static partial class Chart
{
    private const int Bins = 40;

    /// <summary>Draws the distribution of values.</summary>
    /// <param name="values">The values; values that are not finite are ignored.</param>
    /// <param name="title">The title of the figure.</param>
    /// <param name="xTitle">The title of the axis of the values, with the unit.</param>
    /// <param name="bins">The number of bins.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of bins is not positive.</exception>
    // an array converts implicitly to a tensor
    [OverloadResolutionPriority(1)]
    public static Figure Histogram<T>(IEnumerable<T> values, string title = "", string xTitle = "value", int bins = Bins)
        where T : INumberBase<T> =>
        Histogram([new(xTitle, Numbers(values))], title, xTitle, bins);

    /// <summary>Draws the distribution of a tensor's elements: weights, gradients, activations.</summary>
    /// <param name="values">A tensor of any shape and numeric type, on any device.</param>
    /// <param name="title">The title of the figure.</param>
    /// <param name="xTitle">The title of the axis of the values, with the unit.</param>
    /// <param name="bins">The number of bins.</param>
    public static Figure Histogram(Tensor values, string title = "", string xTitle = "value", int bins = Bins) =>
        Histogram([new(xTitle, Elements(values))], title, xTitle, bins);

    /// <summary>Draws the distributions of several sets of values with the same bins.</summary>
    /// <param name="sets">The values with their names in the legend.</param>
    /// <param name="title">The title of the figure.</param>
    /// <param name="xTitle">The title of the axis of the values, with the unit.</param>
    /// <param name="bins">The number of bins.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of bins is not positive.</exception>
    public static Figure Histogram(
        IEnumerable<KeyValuePair<string, IReadOnlyList<double>>> sets, string title = "", string xTitle = "value", int bins = Bins)
    {
        ArgumentNullException.ThrowIfNull(sets);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bins);
        var finite = sets.Select(set => (Name: set.Key, Values: set.Value.Where(double.IsFinite).ToList())).ToList();
        var edges = Edges([.. finite.SelectMany(set => set.Values)], bins);
        var traces = finite.Select(set => new Histogram(set.Name, edges, Counts(set.Values, edges)));
        return new Figure(Named(traces), new Layout(title, [new Panel { X = new Axis(xTitle), Y = new Axis("count") }]));
    }

    /// <summary>Draws the distribution of the pixel values of a data set, with and without the background.</summary>
    /// <remarks>Tutorial 004, Normalization.</remarks>
    /// <param name="dataset">The images.</param>
    public static Figure PixelHistogram(ImageDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        const int Width = 4;
        double[] edges = [.. Enumerable.Range(0, 256 / Width + 1).Select(i => (double)(i * Width))];
        var (all, inked) = (new double[edges.Length - 1], new double[edges.Length - 1]);
        foreach (var pixel in dataset.Pixels)
        {
            all[pixel / Width]++;
            inked[pixel / Width] += pixel > 0 ? 1 : 0;
        }
        var x = new Axis("pixel value, 0 to 255");
        return new Figure(
            [new Histogram("all pixels", edges, all), new Histogram("without the background (0)", edges, inked) { Panel = 1 }],
            new Layout(dataset.Name,
            [
                new Panel("all pixels") { X = x, Y = new Axis("count") },
                new Panel("without the background") { X = x, Y = new Axis("count") },
            ]));
    }

    private static double[] Elements(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var untracked = no_grad();
        using var numbers = tensor.detach().to(ScalarType.Float64).cpu().contiguous();
        return numbers.data<double>().ToArray();
    }

    private static double[] Edges(List<double> values, int bins)
    {
        var (min, max) = values.Count == 0 ? (0.0, 1.0) : (values.Min(), values.Max());
        if (!(max - min > Math.Max(Math.Abs(min), Math.Abs(max)) * 1e-9))
            (min, max) = (min - 0.5 - Math.Abs(min) / 2, max + 0.5 + Math.Abs(max) / 2);
        return [.. Enumerable.Range(0, bins + 1).Select(i => min + (max - min) * i / bins)];
    }

    private static double[] Counts(List<double> values, double[] edges)
    {
        var counts = new double[edges.Length - 1];
        var width = (edges[^1] - edges[0]) / counts.Length;
        foreach (var value in values)
            counts[Math.Clamp((int)((value - edges[0]) / width), 0, counts.Length - 1)]++;
        return counts;
    }
}
