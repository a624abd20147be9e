using static TorchSharp.torch;

namespace DeepLearning.Metrics;

/// <summary>A score of each class or label from three counts: true positives, predicted positives and actual positives.</summary>
internal sealed class ClassCounts(string name, ClassAverage average, double threshold, Func<double, double, double, double> score) : SampleMetric(name)
{
    private const int Kinds = 3;

    public override Metric Clone() => new ClassCounts(Name, average, threshold, score);

    protected override long Count(Tensor targets) => 1;

    // [N, 3 · classes], with an additional column for multi-label targets, from which Compute detects them
    protected override Tensor OfSamples(Tensor outputs, Tensor targets)
    {
        if (outputs.ndim == 1 || (outputs.ndim == 2 && outputs.shape[1] == 1))
        {
            Shapes.RequireSame(Name, outputs, targets);
            Targets.RequireBinary(Name, targets);
            return Counts(outputs.reshape(-1, 1), targets.reshape(-1, 1));
        }
        if (outputs.ndim == 2 && targets.ndim == 2)
        {
            Shapes.RequireSame(Name, outputs, targets);
            Targets.RequireBinary(Name, targets);
            var counts = Counts(outputs, targets);
            return cat([counts, ones_like(counts.narrow(1, 0, 1))], 1);
        }
        Shapes.RequireClasses(Name, outputs, targets);
        Targets.RequireClasses(Name, targets, outputs.shape[1]);
        var classes = Classes(outputs);
        var (highest, largest) = outputs.max(1);
        // a sample with NaN is predicted as no class
        var predicted = largest.reshape(-1, 1).eq(classes).logical_and(highest.isnan().logical_not().reshape(-1, 1));
        var actual = targets.reshape(-1, 1).eq(classes);
        // the counts of a sample's pixels are summed
        var pixels = targets.shape[1..].Aggregate(1L, (product, length) => product * length);
        return Stacked(predicted, actual).view(outputs.shape[0], pixels, Kinds * outputs.shape[1]).sum(dim: 1);
    }

    protected override double Compute(ReadOnlySpan<double> sums, double count)
    {
        if (count == 0)
            return double.NaN;
        var (classes, isMultilabel) = (sums.Length / Kinds, sums.Length % Kinds == 1);
        var hits = sums[..classes];
        var predicted = sums[classes..(2 * classes)];
        var actual = sums[(2 * classes)..(Kinds * classes)];
        if (average == ClassAverage.Micro)
            return score(Sum(hits), Sum(predicted), Sum(actual));
        var (total, weights) = (0.0, 0.0);
        for (var i = 0; i < classes; i++)
        {
            // as in scikit-learn and torchmetrics, all labels count, but only classes that occur
            var weight = average == ClassAverage.Weighted ? actual[i] : isMultilabel || predicted[i] + actual[i] > 0 ? 1 : 0;
            total += weight * score(hits[i], predicted[i], actual[i]);
            weights += weight;
        }
        return weights == 0 ? 0 : total / weights;
    }

    // the counts of labels, [N, labels]
    private Tensor Counts(Tensor outputs, Tensor targets)
    {
        var actual = Above(targets, 0.5);
        // NaN is the wrong label
        var predicted = Above(outputs, threshold).logical_or(outputs.isnan().logical_and(actual.logical_not()));
        return Stacked(predicted, actual);
    }

    private static Tensor Stacked(Tensor predicted, Tensor actual) => cat([predicted.logical_and(actual), predicted, actual], 1).to(ScalarType.Int64);

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum;
    }
}
