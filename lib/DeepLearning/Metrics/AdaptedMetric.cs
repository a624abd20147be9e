using static TorchSharp.torch;

namespace DeepLearning.Metrics;

/// <summary>A metric that computes its targets and optional weights from the targets of the batches.</summary>
internal sealed class AdaptedMetric(Metric metric, Func<Tensor, Tensor> targetsOf, Func<Tensor, Tensor>? weightsOf = null) : Metric(metric.Name, metric.HigherIsBetter)
{
    private readonly Metric _metric = metric.Clone();

    public override StateReduction Reduction => _metric.Reduction;

    public override void Update(Tensor outputs, Tensor targets)
    {
        using var scope = NewDisposeScope();
        if (weightsOf is null)
            _metric.Update(outputs, targetsOf(targets));
        else
            _metric.Update(outputs, targetsOf(targets), weightsOf(targets));
    }

    public override double Compute() => _metric.Compute();

    public override void Reset() => _metric.Reset();

    public override Metric Clone() => new AdaptedMetric(_metric, targetsOf, weightsOf);

    public override Tensor SaveState() => _metric.SaveState();

    public override void LoadState(Tensor state, Device device) => _metric.LoadState(state, device);
}
