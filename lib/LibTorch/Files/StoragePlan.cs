using static TorchSharp.torch;

namespace TorchSharp.Files;

/// <summary>A run of memory that becomes one storage of a file, with all the tensors that lie in it.</summary>
internal sealed record StorageSpan(string Key, ScalarType Type, nint Start, long Bytes);

/// <summary>
/// Finds out which tensors share memory: those of one type whose elements' addresses overlap become views of one storage. What lies in
/// PyTorch's storages beyond all tensors is not kept.
/// </summary>
internal sealed unsafe class StoragePlan : IDisposable
{
    private readonly Dictionary<Tensor, Tensor> _near = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Tensor, StorageSpan> _spans = new(ReferenceEqualityComparer.Instance);

    public StoragePlan(IEnumerable<Tensor> tensors)
    {
        try
        {
            foreach (var tensor in tensors)
            {
                if (!_near.ContainsKey(tensor))
                    _near[tensor] = Near(tensor);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
        foreach (var group in _near.Values.GroupBy(tensor => tensor.dtype))
            Plan(group.Key, [.. group.Select(tensor => (tensor, (nint)tensor.Data(), Extent(tensor))).OrderBy(entry => entry.Item2)]);
    }

    public List<StorageSpan> Storages { get; } = [];

    /// <summary>The storage in which a tensor lies, and the number of its first element there.</summary>
    public (StorageSpan Storage, long Offset, long[] Size, long[] Stride) Place(Tensor tensor)
    {
        var near = _near[tensor];
        var span = _spans[near];
        var offset = near.NumberOfElements == 0 ? 0 : ((nint)near.Data() - span.Start) / near.ElementSize;
        return (span, offset, near.shape, near.stride());
    }

    public void Dispose()
    {
        foreach (var tensor in _near.Values)
            tensor.Dispose();
    }

    private void Plan(ScalarType type, List<(Tensor Tensor, nint Start, long Bytes)> tensors)
    {
        var size = TensorBytes.SizeOf(type);
        for (var first = 0; first < tensors.Count;)
        {
            var start = tensors[first].Start;
            var bytes = tensors[first].Bytes;
            var next = first + 1;
            for (; next < tensors.Count; next++)
            {
                var distance = tensors[next].Start - start;
                if (tensors[next].Bytes == 0 || distance >= bytes || distance % size != 0)
                    break;
                bytes = Math.Max(bytes, distance + tensors[next].Bytes);
            }
            var span = new StorageSpan(Storages.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), type, start, bytes);
            Storages.Add(span);
            for (; first < next; first++)
                _spans[tensors[first].Tensor] = span;
        }
    }

    private static Tensor Near(Tensor tensor)
    {
        if (TensorBytes.SizeOf(tensor.dtype) == 0)
            throw new ArgumentException($"A tensor of type {tensor.dtype} cannot be saved: convert it first.");
        using var untracked = no_grad();
        using var detached = tensor.detach();
        return detached.cpu();
    }

    private static long Extent(Tensor tensor)
    {
        if (tensor.NumberOfElements == 0)
            return 0;
        var last = tensor.shape.Zip(tensor.stride(), (size, stride) => (size - 1) * stride).Sum();
        return (last + 1) * tensor.ElementSize;
    }
}
