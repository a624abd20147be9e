using static TorchSharp.torch;

namespace DeepLearning.Metrics;

/// <summary>A metric that sums values of samples, so that sample weights are factors.</summary>
internal abstract class SampleMetric(string name, bool higherIsBetter = true) : SumMetric(name, higherIsBetter)
{
    /// <summary>Returns the values of each sample, [N, …].</summary>
    protected abstract Tensor OfSamples(Tensor outputs, Tensor targets);

    /// <summary>Returns the count of a sample.</summary>
    protected virtual long Count(Tensor targets) => targets.shape[0] == 0 ? 0 : targets.numel() / targets.shape[0];

    protected sealed override (Tensor Sums, double Count) Sums(Tensor outputs, Tensor targets) => targets.ndim == 0
        ? throw Shapes.Unfit(Name, "outputs and targets of samples, [N, …]", outputs, targets)
        : (OfSamples(outputs, targets).sum(dim: 0, type: ScalarType.Float64), Count(targets) * targets.shape[0]);

    protected sealed override (Tensor Sums, double Count) WeightedSums(Tensor outputs, Tensor targets, Tensor weights)
    {
        var samples = OfSamples(outputs, targets).to(ScalarType.Float64);
        var factors = weights.view([-1, .. Enumerable.Repeat(1L, (int)samples.ndim - 1)]);
        return ((samples * factors).sum(dim: 0), Count(targets) * weights.sum().item<double>());
    }
}
