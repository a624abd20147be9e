using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Metrics;

/// <summary>A mean over the values of the targets, from a function that returns the sum over a batch.</summary>
internal sealed class MeanMetric(string name, Func<Tensor, Tensor, Tensor> sum, bool higherIsBetter) : SumMetric(name, higherIsBetter)
{
    public override Metric Clone() => new MeanMetric(Name, sum, HigherIsBetter);

    protected override (Tensor Sums, double Count) Sums(Tensor outputs, Tensor targets)
    {
        var total = sum(outputs, targets);
        return total.numel() == 1
            ? (total, targets.numel())
            : throw new ArgumentException($"The sum of {Name} must be one number, but it has the shape {Shapes.Text(total)}: append .sum().");
    }

    protected override double Compute(ReadOnlySpan<double> sums, double count) => sums[0] / count;
}

/// <summary>A mean over the values of the targets, from a function that returns a number for each value.</summary>
internal sealed class ElementMetric(string name, Func<Tensor, Tensor, Tensor> elements, bool higherIsBetter, bool root = false)
    : SampleMetric(name, higherIsBetter)
{
    public override Metric Clone() => new ElementMetric(Name, elements, HigherIsBetter, root);

    // [N], the sum of each sample
    protected override Tensor OfSamples(Tensor outputs, Tensor targets)
    {
        var values = elements(outputs, targets);
        return values.ndim <= 1 ? values.reshape(-1) : values.flatten(1).sum(dim: 1, type: ScalarType.Float64);
    }

    protected override double Compute(ReadOnlySpan<double> sums, double count) => root ? Math.Sqrt(sums[0] / count) : sums[0] / count;
}

/// <summary>The share of samples whose class has the highest score.</summary>
internal sealed class ClassAccuracy() : SampleMetric(AccuracyName)
{
    public override Metric Clone() => new ClassAccuracy();

    // [N], the sum of each sample
    protected override Tensor OfSamples(Tensor outputs, Tensor targets)
    {
        Shapes.RequireClasses("Accuracy", outputs, targets);
        Targets.RequireClasses("Accuracy", targets, outputs.shape[1]);
        var (highest, classes) = outputs.max(1);
        var right = classes.eq(targets).logical_and(highest.isnan().logical_not());
        return right.ndim == 1 ? right : right.flatten(1).sum(dim: 1, type: ScalarType.Float64);
    }

    protected override double Compute(ReadOnlySpan<double> sums, double count) => sums[0] / count;

    private protected override (double Sum, double Count)? SumOnCpu(Tensor outputs, Tensor targets)
    {
        Shapes.RequireClasses("Accuracy", outputs, targets);
        if (targets.ndim != 1)
            return null;
        var scores = CpuValues.Of<float>(outputs, ScalarType.Float32);
        var labels = CpuValues.Of<long>(targets, ScalarType.Int64);
        if (scores.IsEmpty || labels.IsEmpty)
            return null;
        Targets.RequireClasses("Accuracy", targets, outputs.shape[1]);
        return (CpuValues.CountHits(scores, labels), labels.Length);
    }
}

/// <summary>The share of samples whose class is among the k classes with the highest scores.</summary>
internal sealed class TopAccuracy(int k) : SampleMetric($"top-{k} accuracy")
{
    public override Metric Clone() => new TopAccuracy(k);

    // a class ranks below the true class if its score is lower, or if the score is equal and its index is higher; topk does not define the order of
    // equal scores
    protected override Tensor OfSamples(Tensor outputs, Tensor targets)
    {
        Shapes.RequireClasses("TopAccuracy", outputs, targets);
        if (k > outputs.shape[1])
            throw Shapes.Unfit(Name, $"outputs [N, classes] with at least {k} classes", outputs, targets);
        Targets.RequireClasses("TopAccuracy", targets, outputs.shape[1]);
        var labels = targets.unsqueeze(1).to(ScalarType.Int64);
        var scores = outputs.gather(1, labels);
        var classes = Classes(outputs).view([1, -1, .. Enumerable.Repeat(1L, (int)outputs.ndim - 2)]);
        var after = outputs.lt(scores).logical_or(outputs.eq(scores).logical_and(classes.gt(labels))).sum(1);
        using Scalar least = outputs.shape[1] - k; // kept alive during the call, because TorchSharp does not keep it alive
        var right = after.ge(least).logical_and(outputs.isnan().any(1).logical_not());
        return right.ndim == 1 ? right : right.flatten(1).sum(dim: 1, type: ScalarType.Float64);
    }

    protected override double Compute(ReadOnlySpan<double> sums, double count) => sums[0] / count;
}

/// <summary>The coefficient of determination, averaged over outputs.</summary>
internal sealed class R2Score() : SampleMetric("r2")
{
    public override Metric Clone() => new R2Score();

    protected override long Count(Tensor targets) => 1;

    // [N, 3, outputs]: target, squared target, squared error
    protected override Tensor OfSamples(Tensor outputs, Tensor targets)
    {
        var columns = (targets.ndim == 1 ? targets.unsqueeze(1) : targets.flatten(1)).to(ScalarType.Float64);
        var errors = Shapes.Same("r2", outputs, targets).to(ScalarType.Float64).view(columns.shape);
        return stack([columns, columns * columns, errors * errors], 1);
    }

    protected override double Compute(ReadOnlySpan<double> sums, double count)
    {
        if (count < 2)
            return double.NaN;
        var (outputs, total) = (sums.Length / 3, 0.0);
        for (var i = 0; i < outputs; i++)
        {
            var spread = sums[outputs + i] - (sums[i] * sums[i] / count);
            var error = sums[(2 * outputs) + i];
            // scikit-learn's values for equal targets; NaN targets have a NaN spread
            total += spread > 0 || double.IsNaN(spread + error) ? 1 - (error / spread) : error == 0 ? 1 : 0;
        }
        return total / outputs;
    }
}
