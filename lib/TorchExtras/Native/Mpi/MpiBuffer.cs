namespace TorchSharp.Extras.Native;

/// <summary>Gets the addresses of tensors' elements for MPI.</summary>
internal static unsafe class MpiBuffer
{
    private static readonly delegate* unmanaged<nint, nint*, int> _address =
        (delegate* unmanaged<nint, nint*, int>)LibTorch.Export("aoti_torch_get_data_ptr", "MPI");

    /// <summary>Returns the address of the first element of a contiguous tensor, on the tensor's device.</summary>
    public static nint Address(torch.Tensor tensor)
    {
        nint address;
        if (_address(tensor.Handle, &address) != 0)
            throw new InvalidOperationException("libtorch did not return the address of the tensor's elements.");
        GC.KeepAlive(tensor);
        return address;
    }
}
