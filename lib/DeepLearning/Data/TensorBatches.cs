using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>Batches of data that is in memory as tensors: tables, features, small sets. A batch is gathered by one operator.</summary>
public sealed class TensorBatches : IBatches
{
    private readonly Tensor _inputs;
    private readonly Tensor _targets;
    private readonly int _batchSize;
    private readonly bool _shuffle;

    /// <param name="inputs">[N, …]; stays the caller's.</param>
    /// <param name="targets">[N, …]; stays the caller's.</param>
    /// <param name="batchSize">Samples a batch; the last may have fewer. All at once unless told: batch gradient descent.</param>
    /// <param name="shuffle">Whether each epoch has its own random order.</param>
    /// <exception cref="ArgumentException">There are not as many targets as inputs, or none.</exception>
    public TensorBatches(Tensor inputs, Tensor targets, int? batchSize = null, bool shuffle = false)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        if (inputs.ndim == 0 || targets.ndim == 0 || inputs.shape[0] != targets.shape[0] || inputs.shape[0] == 0)
        {
            throw new ArgumentException(
                $"Inputs and targets go together row by row, so both need as many rows, at least one; these have the shapes "
                + $"[{string.Join(", ", inputs.shape)}] and [{string.Join(", ", targets.shape)}].", nameof(targets));
        }
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize ?? 1, nameof(batchSize));
        (_inputs, _targets, _shuffle) = (inputs, targets, shuffle);
        _batchSize = batchSize ?? (int)inputs.shape[0];
    }

    /// <summary>How many samples there are.</summary>
    public int Samples => (int)_inputs.shape[0];

    /// <inheritdoc/>
    public int Count => (Samples + _batchSize - 1) / _batchSize;

    /// <inheritdoc/>
    public IEnumerable<(Tensor Inputs, Tensor Targets)> Epoch(int skip = 0)
    {
        using var order = _shuffle ? randperm(Samples, device: _inputs.device).DetachFromDisposeScope() : null;
        for (var batch = skip; batch < Count; batch++)
        {
            var start = (long)batch * _batchSize;
            var length = Math.Min(_batchSize, Samples - start);
            using var chosen = order?.narrow(0, start, length);
            var inputs = chosen is null ? _inputs.narrow(0, start, length) : _inputs.index_select(0, chosen);
            var targets = chosen is null ? _targets.narrow(0, start, length) : _targets.index_select(0, chosen);
            yield return (inputs, targets);
            // not where the loop is left: what First() returned is still in use
            inputs.Dispose();
            targets.Dispose();
        }
    }
}
