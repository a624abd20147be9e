using System.Runtime.InteropServices;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Reads the arguments of a kernel that are neither tensors nor numbers.</summary>
internal static unsafe class KernelArguments
{
    private static readonly delegate* unmanaged<nint, nuint*, int> _size = (delegate* unmanaged<nint, nuint*, int>)Function("torch_list_size");

    private static readonly delegate* unmanaged<nint, nuint, ulong*, int> _item =
        (delegate* unmanaged<nint, nuint, ulong*, int>)Function("torch_list_get_item");

    /// <summary>Returns a list of one or two integers as height and width. A single integer sets both; an empty list means the default.</summary>
    /// <exception cref="InvalidOperationException">The list is longer or cannot be read.</exception>
    public static (long Height, long Width) Pair(ulong list, (long Height, long Width) whenEmpty)
    {
        nuint size;
        if (_size((nint)list, &size) != 0 || size > 2)
            throw new InvalidOperationException("The argument is not a list of two integers.");
        if (size == 0)
            return whenEmpty;
        var height = Item(list, 0);
        return (height, size == 1 ? height : Item(list, 1));
    }

    /// <summary>Returns a list of three booleans.</summary>
    /// <exception cref="InvalidOperationException">The list cannot be read.</exception>
    public static (bool First, bool Second, bool Third) Flags(ulong list) =>
        ((byte)Item(list, 0) != 0, (byte)Item(list, 1) != 0, (byte)Item(list, 2) != 0);

    /// <summary>Returns an optional tensor, which the caller owns, and frees the memory that holds the reference.</summary>
    public static NativeTensor? TakeOptional(ulong argument)
    {
        if (argument == 0)
            return null;
        var reference = *(nint*)argument;
        NativeMemory.Free((void*)argument);
        return new NativeTensor(reference);
    }

    private static long Item(ulong list, nuint index)
    {
        ulong value;
        return _item((nint)list, index, &value) == 0 ? (long)value : throw new InvalidOperationException("The list has no such element.");
    }

    private static nint Function(string name) => LibTorch.Export(name, "A kernel in C#");
}
