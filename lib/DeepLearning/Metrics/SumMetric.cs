using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Metrics;

/// <summary>
/// A metric that is computed from sums over samples, which stay on the device until they are needed. A subclass computes the sums of a batch and the
/// score; this class manages the state, also for checkpoints, weights and distributed training.
/// </summary>
/// <param name="name">The name in tables, charts and logs.</param>
/// <param name="higherIsBetter">Whether a higher value is better.</param>
public abstract class SumMetric(string name, bool higherIsBetter = true) : Metric(name, higherIsBetter)
{
    // a field, because TorchSharp does not keep a scalar alive during a call
    private static readonly Scalar _one = 1;

    private Tensor? _sums;
    private double _count;
    // what was summed without tensors, and is not among the sums yet
    private double? _added;

    /// <inheritdoc/>
    public sealed override StateReduction Reduction => StateReduction.Sum;

    /// <inheritdoc/>
    public sealed override void Update(Tensor outputs, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(targets);
        if (SumOnCpu(outputs, targets) is var (sum, count))
        {
            _added = (_added ?? 0) + sum;
            _count += count;
            return;
        }
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        Add(Sums(outputs, targets));
    }

    /// <inheritdoc/>
    public sealed override void Update(Tensor outputs, Tensor targets, Tensor weights)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(weights);
        if (targets.ndim == 0 || weights.ndim != 1 || weights.shape[0] != targets.shape[0])
            throw Shapes.Unfit($"{Name} with weights {Shapes.Text(weights)}", "one weight for each sample, [N]", outputs, targets);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        Add(WeightedSums(outputs, targets, weights.to(ScalarType.Float64)));
    }

    /// <inheritdoc/>
    public sealed override double Compute()
    {
        Flush();
        if (_sums is null)
            return double.NaN;
        using var sums = _sums.cpu();
        return Compute(sums.data<double>().ToArray(), _count);
    }

    /// <inheritdoc/>
    public sealed override void Reset()
    {
        _sums?.Dispose();
        (_sums, _count, _added) = (null, 0, null);
    }

    /// <inheritdoc/>
    public sealed override Tensor SaveState()
    {
        Flush();
        if (_sums is null)
            return zeros([0], ScalarType.Float64);
        using var scope = NewDisposeScope();
        return cat([_sums.cpu().flatten(), tensor([_count])]).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public sealed override void LoadState(Tensor state, Device device)
    {
        ArgumentNullException.ThrowIfNull(state);
        Reset();
        if (state.numel() == 0)
            return;
        using var scope = NewDisposeScope();
        _sums = state.narrow(0, 0, state.numel() - 1).to(device, copy: true).DetachFromDisposeScope();
        _count = state[-1].ToDouble();
    }

    /// <summary>Returns the sums of a batch.</summary>
    /// <param name="outputs">The model's outputs.</param>
    /// <param name="targets">The targets.</param>
    /// <returns>The sums, with the same shape for every batch, and the count of the batch, usually its number of samples.</returns>
    /// <exception cref="ArgumentException">The shapes are incompatible; the message contains both.</exception>
    protected abstract (Tensor Sums, double Count) Sums(Tensor outputs, Tensor targets);

    /// <summary>
    /// Returns the sums of a batch with sample weights. This method multiplies the <see cref="Sums"/> of each sample by its weight; override it if
    /// the sums of all samples can be computed at once.
    /// </summary>
    /// <param name="outputs">The model's outputs.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="weights">The weights, Float64 [N].</param>
    /// <returns>The weighted sums, with the shape of <see cref="Sums"/>, and the weighted count.</returns>
    protected virtual (Tensor Sums, double Count) WeightedSums(Tensor outputs, Tensor targets, Tensor weights)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(weights);
        var factors = weights.cpu().data<double>().ToArray();
        var (total, count) = ((Tensor?)null, 0.0);
        for (var sample = 0; sample < factors.Length; sample++)
        {
            var (sums, samples) = Sums(outputs.narrow(0, sample, 1), targets.narrow(0, sample, 1));
            using Scalar factor = factors[sample];
            var weighted = sums.to(ScalarType.Float64).mul(factor);
            total = total is null ? weighted : total.add(weighted, _one);
            count += samples * factors[sample];
        }
        return total is null ? Sums(outputs, targets) : (total, count);
    }

    /// <summary>Returns the score.</summary>
    /// <param name="sums">The sums over all batches, in the order of elements.</param>
    /// <param name="count">The count over all batches.</param>
    protected abstract double Compute(ReadOnlySpan<double> sums, double count);

    /// <summary>Returns the one sum and the count of a batch, computed without tensors; null where <see cref="Sums"/> computes them.</summary>
    private protected virtual (double Sum, double Count)? SumOnCpu(Tensor outputs, Tensor targets) => null;

    private void Flush()
    {
        if (_added is not { } added)
            return;
        _added = null;
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        Add((tensor(added), 0));
    }

    private void Add((Tensor Sums, double Count) batch)
    {
        var (sums, count) = batch;
        _sums ??= zeros(sums.shape, ScalarType.Float64, sums.device).DetachFromDisposeScope();
        if (_sums.numel() != sums.numel())
            throw new ArgumentException($"{Name} has {sums.numel()} sums in this batch, but {_sums.numel()} in the previous batches: has the "
                + "number of classes changed?");
        _sums.add_(sums.view(_sums.shape), _one);
        _count += count;
    }
}
