using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>Provides batches of in-memory tensors: tables, features, small data sets. One operator gathers a batch.</summary>
/// <remarks>The order of a shuffled epoch follows <c>torch.manual_seed</c> and is the same on every device.</remarks>
public sealed class TensorBatches : IOwnedBatches, IFingerprinted
{
    private readonly Tensor _inputs;
    private readonly Tensor _targets;
    private readonly int _batchSize;
    private readonly bool _shuffle;
    private readonly bool _dropLast;
    private readonly Sampler? _sampler;

    /// <summary>Initializes a new instance that takes batches from tensors.</summary>
    /// <param name="inputs">The inputs, [N, …]; the caller keeps ownership.</param>
    /// <param name="targets">The targets, [N, …]; the caller keeps ownership.</param>
    /// <param name="batchSize">
    /// The number of samples of a batch; the last batch may be smaller. All samples by default (batch gradient descent).
    /// </param>
    /// <param name="shuffle">Whether each epoch has a new random order.</param>
    /// <param name="dropLast">Whether a smaller last batch is dropped.</param>
    /// <param name="sampler">The order of the samples, instead of <paramref name="shuffle"/>: <c>torch.utils.data.WeightedRandomSampler(…)</c>.</param>
    /// <exception cref="ArgumentException">
    /// The numbers of inputs and targets differ, there are none, a tensor is sparse, or both a sampler and shuffle are given.
    /// </exception>
    public TensorBatches(
        Tensor inputs, Tensor targets, int? batchSize = null, bool shuffle = false, bool dropLast = false, Sampler? sampler = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        if (inputs.ndim == 0 || targets.ndim == 0 || inputs.shape[0] != targets.shape[0] || inputs.shape[0] == 0)
        {
            throw new ArgumentException(
                $"Inputs and targets must have the same number of rows, at least one, but these have the shapes "
                + $"[{string.Join(", ", inputs.shape)}] and [{string.Join(", ", targets.shape)}].", nameof(targets));
        }
        if (inputs.is_sparse || targets.is_sparse)
            throw new ArgumentException($"The {(inputs.is_sparse ? "inputs are" : "targets are")} sparse, which batches do not support: convert them with .to_dense().", inputs.is_sparse ? nameof(inputs) : nameof(targets));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize ?? 1, nameof(batchSize));
        EpochOrder.Check(shuffle, sampler);
        (_inputs, _targets, _shuffle, _dropLast, _sampler) = (inputs, targets, shuffle, dropLast, sampler);
        Samples = (int)inputs.shape[0];
        _batchSize = batchSize ?? Samples;
    }

    /// <summary>Gets the number of samples.</summary>
    public int Samples { get; }

    /// <inheritdoc/>
    public int Count => EpochOrder.Batches(_sampler?.Count ?? Samples, _batchSize, _dropLast);

    /// <inheritdoc/>
    public IEnumerable<(Tensor Inputs, Tensor Targets)> Epoch(int skip = 0) => Batches.OneAtATime(Made(skip));

    string IFingerprinted.Fingerprint()
    {
        RequireAlive();
        return new DataFingerprint().Add(_inputs).Add(_targets).Text(Samples);
    }

    private void RequireAlive()
    {
        Batches.RequireAlive(_inputs, $"inputs of {nameof(TensorBatches)}");
        Batches.RequireAlive(_targets, $"targets of {nameof(TensorBatches)}");
    }

    private IEnumerable<(Tensor Inputs, Tensor Targets)> Made(int skip)
    {
        RequireAlive();
        var isOrdered = !_shuffle && _sampler is null;
        using var order = isOrdered ? null : Order();
        var samples = order?.shape[0] ?? Samples;
        for (var batch = skip; batch < Count; batch++)
        {
            var start = (long)batch * _batchSize;
            var length = Math.Min(_batchSize, samples - start);
            using var chosen = order?.narrow(0, start, length);
            yield return chosen is null
                ? (_inputs.narrow(0, start, length), _targets.narrow(0, start, length))
                : (_inputs.index_select(0, chosen), _targets.index_select(0, chosen));
        }
    }

    private Tensor Order()
    {
        using var scope = NewDisposeScope();
        return tensor(EpochOrder.Of(Samples, _shuffle, _sampler), device: _inputs.device).DetachFromDisposeScope();
    }
}
