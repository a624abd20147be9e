using System.Runtime.InteropServices;

namespace TorchSharp.Extras.Native;

/// <summary>The functions of libtorch's stable C interface for calling operators.</summary>
/// <remarks>
/// A <see cref="torch.Tensor.Handle"/> of TorchSharp is an AtenTensorHandle of this interface. Values are passed as 64 bits: a tensor or a list as an
/// address, a float as the bits of a double, None as 0.
/// </remarks>
internal static unsafe class StableInterface
{
    /// <summary>The version of the interface, 2.10.0, as libtorch encodes it.</summary>
    private const ulong Version = 0x020a_0000_0000_0000;

    private static readonly delegate* unmanaged<byte*, byte*, ulong*, ulong, int> _call =
        (delegate* unmanaged<byte*, byte*, ulong*, ulong, int>)Function("torch_call_dispatcher");

    private static readonly delegate* unmanaged<nint, nint*, int> _newReference =
        (delegate* unmanaged<nint, nint*, int>)Function("aoti_torch_new_tensor_handle");

    private static readonly delegate* unmanaged<nint, int> _deleteReference =
        (delegate* unmanaged<nint, int>)Function("aoti_torch_delete_tensor_object");

    private static readonly delegate* unmanaged<nuint, nint*, int> _newList =
        (delegate* unmanaged<nuint, nint*, int>)Function("torch_new_list_reserve_size");

    private static readonly delegate* unmanaged<nint, ulong, int> _add =
        (delegate* unmanaged<nint, ulong, int>)Function("torch_list_push_back");

    private static readonly delegate* unmanaged<nint, int> _deleteList =
        (delegate* unmanaged<nint, int>)Function("torch_delete_list");

    /// <summary>Calls an operator. The call consumes the arguments; the results replace them on the stack.</summary>
    /// <param name="name">The name of the operator, in UTF-8 with a terminating zero.</param>
    /// <param name="overload">The name of the overload, in UTF-8 with a terminating zero.</param>
    /// <param name="stack">The arguments, with space for the results.</param>
    /// <returns>Whether the call succeeded. If not, libtorch has written the reason to the standard error stream.</returns>
    public static bool TryCall(ReadOnlySpan<byte> name, ReadOnlySpan<byte> overload, Span<ulong> stack)
    {
        fixed (byte* nameBytes = name, overloadBytes = overload)
        fixed (ulong* values = stack)
            return _call(nameBytes, overloadBytes, values, Version) == 0;
    }

    /// <summary>Returns a new reference to a tensor.</summary>
    public static ulong NewReference(torch.Tensor tensor)
    {
        nint reference;
        Check(_newReference(tensor.Handle, &reference));
        GC.KeepAlive(tensor);
        return (ulong)reference;
    }

    /// <summary>Returns a new reference to the same tensor.</summary>
    public static ulong NewReference(nint reference)
    {
        nint copy;
        Check(_newReference(reference, &copy));
        return (ulong)copy;
    }

    public static void DeleteReference(ulong reference) => Check(_deleteReference((nint)reference));

    /// <summary>Returns a list of new references to tensors.</summary>
    public static ulong NewList(List<torch.Tensor> tensors)
    {
        nint list;
        Check(_newList((nuint)tensors.Count, &list));
        try
        {
            foreach (var tensor in tensors)
                Check(_add(list, NewReference(tensor)));
        }
        catch
        {
            DeleteList((ulong)list);
            throw;
        }
        return (ulong)list;
    }

    /// <summary>Returns an empty list with the given capacity.</summary>
    public static ulong NewList(int capacity)
    {
        nint list;
        Check(_newList((nuint)capacity, &list));
        return (ulong)list;
    }

    /// <summary>Adds a reference to a list, which takes ownership of it.</summary>
    public static void AddTo(ulong list, ulong reference) => Check(_add((nint)list, reference));

    /// <summary>Returns a new reference to a tensor as the value of an optional parameter.</summary>
    public static ulong NewOptional(torch.Tensor tensor)
    {
        var reference = NewReference(tensor);
        // libtorch frees it with the same allocator
        var value = (ulong*)NativeMemory.Alloc(sizeof(ulong));
        *value = reference;
        return (ulong)value;
    }

    public static void DeleteOptional(ulong value)
    {
        DeleteReference(*(ulong*)value);
        NativeMemory.Free((void*)value);
    }

    /// <summary>Returns a list of two integers.</summary>
    public static ulong NewList(long first, long second)
    {
        nint list;
        Check(_newList(2, &list));
        Check(_add(list, (ulong)first));
        Check(_add(list, (ulong)second));
        return (ulong)list;
    }

    public static void DeleteList(ulong list) => Check(_deleteList((nint)list));

    private static void Check(int code)
    {
        if (code != 0)
            throw new InvalidOperationException("libtorch rejected a tensor or a list of tensors; the standard error stream says why.");
    }

    private static nint Function(string name) => LibTorch.Export(name, "Calling an operator by its name");
}
