using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Some samples of a data set of named tensors. Disposing it does not dispose the data set, which other subsets may share.</summary>
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

/// <summary>Some samples of a data set of tensors in a fixed order. Disposing it does not dispose the data set.</summary>
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
