using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// A subset of a data set with named tensors. Disposing of the subset does not dispose of the data set, which other subsets may share.
/// </summary>
public sealed class Subset : utils.data.Dataset
{
    private readonly long[] _indices;

    internal Subset(utils.data.Dataset dataset, IEnumerable<long> indices)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        (this.dataset, _indices) = (dataset, [.. indices]);
    }

    /// <summary>Gets the whole data set.</summary>
    public utils.data.Dataset dataset { get; }

    /// <summary>Gets the indices of the samples in the whole data set.</summary>
    public IReadOnlyList<long> indices => _indices;

    /// <inheritdoc/>
    public override long Count => _indices.Length;

    /// <inheritdoc/>
    public override Dictionary<string, Tensor> GetTensor(long index) => dataset.GetTensor(_indices[index]);
}

/// <summary>A subset of a data set with lists of tensors. Disposing of the subset does not dispose of the data set.</summary>
public sealed class IterableSubset : utils.data.IterableDataset
{
    private readonly long[] _indices;

    internal IterableSubset(utils.data.IterableDataset dataset, IEnumerable<long> indices)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        (this.dataset, _indices) = (dataset, [.. indices]);
    }

    /// <summary>Gets the whole data set.</summary>
    public utils.data.IterableDataset dataset { get; }

    /// <summary>Gets the indices of the samples in the whole data set.</summary>
    public IReadOnlyList<long> indices => _indices;

    /// <inheritdoc/>
    public override long Count => _indices.Length;

    /// <inheritdoc/>
    public override IList<Tensor> GetTensor(long index) => dataset.GetTensor(_indices[index]);
}
