namespace TorchSharp.Extras.Native;

/// <summary>Where the elements of a tensor lie, for MPI.</summary>
internal static unsafe class MpiBuffer
{
    /// <summary>Returns the address of the first element of a contiguous CPU tensor; 0 when it has none.</summary>
    public static nint Address(torch.Tensor tensor)
    {
        if (tensor.numel() == 0)
            return 0;
        // one element: the whole may be larger than a span
        using var flat = tensor.view(-1);
        using var first = flat.narrow(0, 0, 1);
        fixed (byte* address = first.bytes)
            return (nint)address;
    }
}
