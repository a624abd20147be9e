using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Distributed;

/// <summary>Finds the tensors in a module's inputs and outputs: tensors, (nested) tuples, arrays, lists and dictionaries with string keys.</summary>
internal static class TensorStructure
{
    /// <summary>Returns a copy of a value in which a function replaces each tensor, in order.</summary>
    /// <exception cref="NotSupportedException">The value has another type.</exception>
    public static T Map<T>(T value, Func<Tensor, Tensor> replace) => (T)MapAny(value, replace)!;

    private static object? MapAny(object? value, Func<Tensor, Tensor> replace)
    {
        switch (value)
        {
            case Tensor tensor:
                return replace(tensor);
            case null or string or ValueType and not ITuple:
                return value;
            case ITuple tuple:
                var items = Enumerable.Range(0, tuple.Length).Select(i => MapAny(tuple[i], replace)).ToArray();
                return Activator.CreateInstance(tuple.GetType(), items);
            case Tensor[] tensors:
                return Array.ConvertAll(tensors, tensor => replace(tensor));
            case IEnumerable<Tensor> tensors and (List<Tensor> or IList<Tensor>):
                return tensors.Select(replace).ToList();
            case Dictionary<string, Tensor> entries:
                return entries.ToDictionary(entry => entry.Key, entry => replace(entry.Value));
            default:
                throw new NotSupportedException(
                    $"DistributedDataParallel finds no tensors in a {value.GetType().Name}: the inputs and outputs of a module must be tensors, "
                    + "or tuples, arrays, "
                    + "lists or dictionaries of tensors.");
        }
    }
}
