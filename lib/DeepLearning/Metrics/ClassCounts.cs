using static TorchSharp.torch;

namespace DeepLearning.Metrics;

/// <summary>A score of each class from three counts: samples predicted right, samples predicted as the class, samples of the class.</summary>
internal sealed class ClassCounts(string name, ClassAverage average, double threshold, Func<double, double, double, double> score) : SumMetric(name)
{
    public override Metric Clone() => new ClassCounts(Name, average, threshold, score);

    protected override (Tensor Sums, long Count) Sums(Tensor outputs, Tensor targets)
    {
        if (outputs.ndim == 1 || outputs.shape[1] == 1)
        {
            Shapes.RequireSame(Name, outputs, targets);
            return Counts(outputs.gt(threshold).view(-1, 1), targets.gt(0.5).view(-1, 1));
        }
        Shapes.RequireClasses(Name, outputs, targets);
        var classes = arange(outputs.shape[1], device: outputs.device);
        return Counts(outputs.argmax(1).reshape(-1, 1).eq(classes), targets.reshape(-1, 1).eq(classes));
    }

    protected override double Compute(ReadOnlySpan<double> sums, long count)
    {
        var classes = sums.Length / 3;
        var hits = sums[..classes];
        var predicted = sums[classes..(2 * classes)];
        var actual = sums[(2 * classes)..];
        if (average == ClassAverage.Micro)
            return score(Sum(hits), Sum(predicted), Sum(actual));
        var (total, weights) = (0.0, 0.0);
        for (var i = 0; i < classes; i++)
        {
            var weight = average == ClassAverage.Weighted ? actual[i] : predicted[i] + actual[i] > 0 ? 1 : 0;
            total += weight * score(hits[i], predicted[i], actual[i]);
            weights += weight;
        }
        return weights == 0 ? 0 : total / weights;
    }

    private static (Tensor Sums, long Count) Counts(Tensor predicted, Tensor actual) =>
        (stack([predicted.logical_and(actual), predicted, actual]).sum(dim: 1), actual.shape[0]);

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum;
    }
}
