namespace TorchSharp.Extras.Native;

/// <summary>Where the elements of a tensor lie, for MPI.</summary>
internal static unsafe class MpiBuffer
{
    private static readonly delegate* unmanaged<nint, nint*, int> _address =
        (delegate* unmanaged<nint, nint*, int>)LibTorch.Export("aoti_torch_get_data_ptr", "MPI");

    /// <summary>Returns the address of the first element of a contiguous tensor, on the device that the tensor is on.</summary>
    public static nint Address(torch.Tensor tensor)
    {
        nint address;
        if (_address(tensor.Handle, &address) != 0)
            throw new InvalidOperationException("libtorch does not tell the address of the tensor's elements.");
        GC.KeepAlive(tensor);
        return address;
    }
}
