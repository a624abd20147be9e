using DeepLearning.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// Combines targets with a weight for each sample, like Keras's sample_weight. The weights are the last column of the targets, so every source of
/// batches supports them; the loss and the metrics separate them again.
/// </summary>
/// <example>
/// <code>
/// using var weighted = new WeightedTargets(classes, weights);
/// Trainer.Fit(model, new TensorBatches(inputs, weighted.Tensor, 32, shuffle: true), options: new TrainerOptions
/// {
///     Loss = weighted.Loss((outputs, targets) => nn.functional.cross_entropy(outputs, targets, reduction: nn.Reduction.None)),
///     Metrics = [weighted.WeightedMetric(Metric.Accuracy)],
/// });
/// </code>
/// </example>
/// <remarks>
/// A <see cref="Data.BatchLoader"/> accepts the tensor as its <c>targets</c>. Validation targets also need weights; another object of this class
/// works with the same loss and metrics if its types and shapes are the same.
/// </remarks>
public sealed class WeightedTargets : IDisposable
{
    private readonly ScalarType _type;
    private readonly bool _isVector;
    private readonly long _columns;

    /// <summary>Combines targets and weights.</summary>
    /// <param name="targets">The targets, [N] or [N, columns].</param>
    /// <param name="weights">The weights, [N], at least 0.</param>
    /// <exception cref="ArgumentException">The shapes are incompatible, or a weight is negative, infinite or NaN.</exception>
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
        using Scalar zero = 0; // kept alive during the call, because TorchSharp does not keep it alive
        if (!(weights.ge(zero) & weights.isfinite()).all().item<bool>())
            throw new ArgumentException("A weight is negative, infinite or NaN.", nameof(weights));
        (_type, _isVector, _columns) = (targets.dtype, targets.ndim == 1, targets.ndim == 1 ? 1 : targets.shape[1]);
        // Float64 represents class numbers and 32-bit targets exactly
        Tensor = cat([targets.view(targets.shape[0], -1).to(ScalarType.Float64), weights.view(-1, 1).to(ScalarType.Float64)], 1).DetachFromDisposeScope();
    }

    /// <summary>Gets the targets with their weights, Float64 [N, columns + 1]: the targets of the batches.</summary>
    public Tensor Tensor { get; }

    /// <summary>
    /// Returns a loss in which each sample counts by its weight: the sum of the weighted losses, divided by the number of samples of the batch, as in
    /// Keras. Weights with the mean 1 keep the scale of the loss.
    /// </summary>
    /// <param name="lossOfSamples">
    /// A function that returns the loss of each sample, [N] or [N, …], as with <c>reduction: nn.Reduction.None</c>.
    /// </param>
    /// <returns>The loss. It throws an <see cref="ArgumentException"/> if a batch has no weights, or if the inner loss is not one number for each sample.</returns>
    public Func<Tensor, Tensor, Tensor> Loss(Func<Tensor, Tensor, Tensor> lossOfSamples)
    {
        ArgumentNullException.ThrowIfNull(lossOfSamples);
        return (outputs, batch) =>
        {
            var targets = Targets(batch);
            var losses = lossOfSamples(outputs, targets);
            if (losses.ndim == 0 || losses.shape[0] != batch.shape[0] || losses.numel() > Math.Max(outputs.numel(), batch.shape[0]))
            {
                throw new ArgumentException(
                    $"The loss of {nameof(WeightedTargets)} must be one number for each sample (reduction: nn.Reduction.None), but is {Shapes.Text(losses)} for outputs "
                    + $"{Shapes.Text(outputs)} and targets {Shapes.Text(targets)}.");
            }
            return (losses.view(batch.shape[0], -1).mean([1]) * Weights(batch).to(losses.dtype)).mean();
        };
    }

    /// <summary>Returns a metric that gets the targets without their weights, so all samples count equally, like Keras's metrics.</summary>
    /// <param name="metric">The metric.</param>
    public Metric Metric(Metric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return new AdaptedMetric(metric, Targets);
    }

    /// <summary>Returns a metric in which each sample counts by its weight, like Keras's weighted_metrics.</summary>
    /// <param name="metric">
    /// The metric; the metrics of this library support weights, see <see cref="Metrics.Metric.Update(Tensor, Tensor, Tensor)"/>.
    /// </param>
    public Metric WeightedMetric(Metric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return new AdaptedMetric(metric, Targets, Weights);
    }

    /// <inheritdoc/>
    public void Dispose() => Tensor.Dispose();

    /// <exception cref="ArgumentException">The batch has no column of weights.</exception>
    private Tensor Targets(Tensor batch)
    {
        if (batch.ndim != 2 || batch.shape[1] != _columns + 1)
        {
            throw new ArgumentException(
                $"The targets {Shapes.Text(batch)} have no weights in an additional last column: use {nameof(WeightedTargets)}.{nameof(Tensor)} as the targets of "
                + "training and validation.");
        }
        var targets = batch.narrow(1, 0, batch.shape[1] - 1).to(_type);
        return _isVector ? targets.squeeze(1) : targets;
    }

    private static Tensor Weights(Tensor batch) => batch.select(1, -1);
}
