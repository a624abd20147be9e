using System.Runtime.InteropServices;

namespace TorchSharp.Extras.Native;

/// <summary>Gets the addresses of tensors' storages.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>
    /// Returns the address of a CPU tensor's storage, for comparison: tensors with the same address share a storage. Returns 0 for a tensor without
    /// elements.
    /// </summary>
    public static nint StorageAddress(torch.Tensor tensor)
    {
        if (tensor.NumberOfElements == 0)
            return 0;
        var offset = tensor.storage_offset();
        using var first = tensor.as_strided([1], [1], offset);
        fixed (byte* address = &MemoryMarshal.GetReference(first.bytes))
            return (nint)address - (nint)(offset * tensor.ElementSize);
    }
}
