using DeepLearning.Metrics;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// Targets with a weight for each sample, as Keras's sample_weight: a sample of weight 2 counts as two. The weights travel with the batches, as a last
/// column of the targets, and loss and metrics take them off again.
/// </summary>
/// <example>
/// <code>
/// using var weighted = new WeightedTargets(classes, weights);
/// Trainer.Fit(model, new TensorBatches(inputs, weighted.Tensor, 32, shuffle: true), options: new TrainerOptions
/// {
///     Loss = weighted.Loss((outputs, targets) => nn.functional.cross_entropy(outputs, targets, reduction: nn.Reduction.None)),
///     Metrics = [weighted.Metric(Metric.Accuracy)],
/// });
/// </code>
/// </example>
public sealed class WeightedTargets : IDisposable
{
    private readonly ScalarType _type;
    private readonly bool _isVector;

    /// <summary>Joins targets and weights.</summary>
    /// <param name="targets">The targets, [N] or [N, columns].</param>
    /// <param name="weights">The weights, [N], not negative.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a weight is negative or NaN.</exception>
    public WeightedTargets(Tensor targets, Tensor weights)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(weights);
        if (targets.ndim is 0 or > 2 || weights.ndim != 1 || weights.shape[0] != targets.shape[0])
        {
            throw new ArgumentException(
                $"Targets are [N] or [N, columns] and weights [N]; the targets are {Shapes.Text(targets)} and the weights {Shapes.Text(weights)}.", nameof(weights));
        }
        using var scope = NewDisposeScope();
        if (!weights.ge(0).all().item<bool>())
            throw new ArgumentException("A weight is negative or NaN.", nameof(weights));
        (_type, _isVector) = (targets.dtype, targets.ndim == 1);
        // Float64 keeps class numbers and 32-bit targets exactly
        Tensor = cat([targets.view(targets.shape[0], -1).to(ScalarType.Float64), weights.view(-1, 1).to(ScalarType.Float64)], 1).DetachFromDisposeScope();
    }

    /// <summary>Gets the targets with their weights, Float64 [N, columns + 1]: the targets of the batches.</summary>
    public Tensor Tensor { get; }

    /// <summary>Returns a loss that is the weighted mean over the samples of a batch.</summary>
    /// <param name="lossOfSamples">Returns the loss of each sample, [N] or [N, …], as with <c>reduction: nn.Reduction.None</c>.</param>
    public Func<Tensor, Tensor, Tensor> Loss(Func<Tensor, Tensor, Tensor> lossOfSamples)
    {
        ArgumentNullException.ThrowIfNull(lossOfSamples);
        return (outputs, batch) =>
        {
            var targets = Targets(batch);
            var losses = lossOfSamples(outputs, targets);
            if (losses.ndim == 0 || losses.shape[0] != batch.shape[0] || losses.numel() > Math.Max(outputs.numel(), batch.shape[0]))
                throw Shapes.Unfit($"A weighted loss is one number for each sample, not {Shapes.Text(losses)} (use reduction None): it", "outputs and targets of the same shape", outputs, targets);
            var weights = batch.select(1, -1).to(losses.dtype);
            return (losses.flatten(0, 0).view(batch.shape[0], -1).mean([1]) * weights).sum() / weights.sum();
        };
    }

    /// <summary>Returns a metric that gets the targets without their weights; it counts all samples the same.</summary>
    /// <param name="metric">The metric.</param>
    public Metric Metric(Metric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return new AdaptedMetric(metric, Targets);
    }

    /// <inheritdoc/>
    public void Dispose() => Tensor.Dispose();

    private Tensor Targets(Tensor batch)
    {
        var targets = batch.narrow(1, 0, batch.shape[1] - 1).to(_type);
        return _isVector ? targets.squeeze(1) : targets;
    }
}
