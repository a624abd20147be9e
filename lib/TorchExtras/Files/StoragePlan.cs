using System.Globalization;
using TorchSharp.Extras.Native;
using static TorchSharp.torch;

namespace TorchSharp.Files;

/// <summary>A span of consecutive elements that becomes one storage of a file.</summary>
/// <param name="Key">The storage's name within the file.</param>
/// <param name="Owner">A CPU tensor whose memory contains the elements.</param>
/// <param name="First">The index of the first element in the owner's storage.</param>
/// <param name="Elements">The number of elements.</param>
internal sealed record StorageSpan(string Key, Tensor Owner, long First, long Elements);

/// <summary>
/// Finds tensors that share memory: tensors of the same type whose elements overlap become views of one storage. Parts of a storage that no tensor
/// covers are not saved.
/// </summary>
internal sealed class StoragePlan : IDisposable
{
    private readonly Dictionary<Tensor, Tensor> _local = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Tensor, StorageSpan> _spans = new(ReferenceEqualityComparer.Instance);

    public StoragePlan(IEnumerable<Tensor> tensors)
    {
        try
        {
            foreach (var tensor in tensors)
            {
                if (!_local.ContainsKey(tensor))
                    _local[tensor] = TensorBytes.Local(tensor);
            }
            foreach (var storage in _local.Values.GroupBy(tensor => (tensor.dtype, TensorMemory.StorageAddress(tensor))))
                Plan([.. storage.OrderBy(tensor => tensor.storage_offset())]);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public List<StorageSpan> Storages { get; } = [];

    /// <summary>Returns the storage of a tensor and the offset of its first element.</summary>
    public (StorageSpan Storage, long Offset, long[] Size, long[] Stride) Place(Tensor tensor)
    {
        var local = _local[tensor];
        var span = _spans[local];
        return (span, local.NumberOfElements == 0 ? 0 : local.storage_offset() - span.First, local.shape, local.stride());
    }

    public void Dispose()
    {
        foreach (var tensor in _local.Values)
            tensor.Dispose();
    }

    private void Plan(List<Tensor> tensors)
    {
        for (var first = 0; first < tensors.Count;)
        {
            var owner = tensors[first];
            var start = owner.storage_offset();
            var end = start + Extent(owner);
            var next = first + 1;
            for (; next < tensors.Count && tensors[next].storage_offset() < end && Extent(tensors[next]) > 0; next++)
                end = Math.Max(end, tensors[next].storage_offset() + Extent(tensors[next]));
            var span = new StorageSpan(Storages.Count.ToString(CultureInfo.InvariantCulture), owner, start, end - start);
            Storages.Add(span);
            for (; first < next; first++)
                _spans[tensors[first]] = span;
        }
    }

    private static long Extent(Tensor tensor) =>
        tensor.NumberOfElements == 0 ? 0 : tensor.shape.Zip(tensor.stride(), (size, stride) => (size - 1) * stride).Sum() + 1;
}
