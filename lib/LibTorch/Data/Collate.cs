using System.Collections;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>How samples become a batch, and which tensors a batch is made of.</summary>
internal static class Collate
{
    public static Dictionary<string, Tensor> Named(IEnumerable<Dictionary<string, Tensor>> samples, Device device, bool pin)
    {
        Dictionary<string, Tensor>[] all = [.. samples];
        var batch = new Dictionary<string, Tensor>();
        foreach (var name in all[0].Keys)
        {
            var parts = Array.ConvertAll(all, sample => sample.TryGetValue(name, out var part)
                ? part
                : throw new ArgumentException($"One sample has \"{name}\" and another has not: [{string.Join(", ", sample.Keys)}]."));
            batch.Add(name, Stack(parts, device, pin));
        }
        return batch;
    }

    public static IList<Tensor> Listed(IEnumerable<IList<Tensor>> samples, Device device, bool pin)
    {
        IList<Tensor>[] all = [.. samples];
        if (Array.Find(all, sample => sample.Count != all[0].Count) is { } other)
            throw new ArgumentException($"One sample has {all[0].Count} tensors and another has {other.Count}.");
        return [.. Enumerable.Range(0, all[0].Count).Select(i => Stack(Array.ConvertAll(all, sample => sample[i]), device, pin))];
    }

    public static IList<Tensor> Moved(IList<Tensor> batch, Device device, bool pin) =>
        [.. batch.Select(tensor => Move(tensor, device, pin))];

    /// <summary>The tensors in a batch of tensors, lists, dictionaries and tuples; null where it has parts that are something else.</summary>
    public static HashSet<Tensor>? Tensors(object? batch)
    {
        var found = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        return Gather(batch, found) ? found : null;
    }

    private static bool Gather(object? part, HashSet<Tensor> found) => part switch
    {
        Tensor tensor => found.Add(tensor) || true,
        null or string or ValueType and not ITuple => true,
        Array array when array.GetType().GetElementType()!.IsPrimitive => true,
        IDictionary map => Every(map.Values, found),
        ICollection list => Every(list, found),
        ITuple tuple => Enumerable.Range(0, tuple.Length).All(i => Gather(tuple[i], found)),
        _ => false,
    };

    private static bool Every(IEnumerable parts, HashSet<Tensor> found)
    {
        foreach (var part in parts)
        {
            if (!Gather(part, found))
                return false;
        }
        return true;
    }

    private static Tensor Stack(Tensor[] parts, Device device, bool pin) => Move(stack(parts), device, pin);

    // what lies in between is the loader's scope's to dispose
    private static Tensor Move(Tensor tensor, Device device, bool pin)
    {
        if (pin && tensor.is_cpu() && cuda.is_available())
            tensor = Native.Aten.Call("pin_memory", tensor);
        return device.type == tensor.device_type && (device.index < 0 || device.index == tensor.device_index)
            ? tensor
            : tensor.to(device, non_blocking: pin);
    }
}
