namespace TorchSharp.Extras.Native.Kernels;

/// <summary>A tensor as libtorch passes it to a kernel: a reference that the kernel owns.</summary>
/// <param name="handle">The reference.</param>
internal readonly unsafe struct NativeTensor(nint handle)
{
    private static readonly delegate* unmanaged<nint, int*, int> _type = (delegate* unmanaged<nint, int*, int>)Function("aoti_torch_get_dtype");

    private static readonly delegate* unmanaged<nint, long*, int> _dimensions = (delegate* unmanaged<nint, long*, int>)Function("aoti_torch_get_dim");

    private static readonly delegate* unmanaged<nint, long**, int> _sizes = (delegate* unmanaged<nint, long**, int>)Function("aoti_torch_get_sizes");

    private static readonly delegate* unmanaged<nint, long**, int> _strides = (delegate* unmanaged<nint, long**, int>)Function("aoti_torch_get_strides");

    private static readonly delegate* unmanaged<nint, byte*, int> _isContiguous =
        (delegate* unmanaged<nint, byte*, int>)Function("aoti_torch_is_contiguous");

    private static readonly delegate* unmanaged<nint, void**, int> _data = (delegate* unmanaged<nint, void**, int>)Function("aoti_torch_get_data_ptr");

    private static readonly delegate* unmanaged<nint, int*, int> _deviceType = (delegate* unmanaged<nint, int*, int>)Function("aoti_torch_get_device_type");

    private static readonly delegate* unmanaged<nint, int*, int> _layout = (delegate* unmanaged<nint, int*, int>)Function("aoti_torch_get_layout");

    private static readonly delegate* unmanaged<nint*, int> _newUndefined =
        (delegate* unmanaged<nint*, int>)Function("aoti_torch_new_uninitialized_tensor");

    private static readonly delegate* unmanaged<long, long*, long*, int, int, int, nint*, int> _newStrided =
        (delegate* unmanaged<long, long*, long*, int, int, int, nint*, int>)Function("aoti_torch_empty_strided");

    /// <summary>Gets the reference.</summary>
    public nint Handle { get; } = handle;

    /// <summary>Gets the type of the elements.</summary>
    public torch.ScalarType Type
    {
        get
        {
            int type;
            Check(_type(Handle, &type));
            return (torch.ScalarType)type;
        }
    }

    /// <summary>Gets a value that indicates whether the elements are in the memory of the CPU.</summary>
    public bool IsOnCpu
    {
        get
        {
            int device;
            Check(_deviceType(Handle, &device));
            return device == (int)DeviceType.CPU;
        }
    }

    /// <summary>Gets a value that indicates whether the tensor has the strided layout, unlike a sparse tensor.</summary>
    public bool IsStrided
    {
        get
        {
            int layout;
            Check(_layout(Handle, &layout));
            return layout == 0;
        }
    }

    /// <summary>Gets the sizes. The tensor owns the memory.</summary>
    public ReadOnlySpan<long> Sizes
    {
        get
        {
            long dimensions;
            long* sizes;
            Check(_dimensions(Handle, &dimensions));
            Check(_sizes(Handle, &sizes));
            return new(sizes, (int)dimensions);
        }
    }

    /// <summary>Gets the strides, in elements. The tensor owns the memory.</summary>
    public ReadOnlySpan<long> Strides
    {
        get
        {
            long dimensions;
            long* strides;
            Check(_dimensions(Handle, &dimensions));
            Check(_strides(Handle, &strides));
            return new(strides, (int)dimensions);
        }
    }

    /// <summary>Gets a value that indicates whether the tensor is contiguous.</summary>
    public bool IsContiguous
    {
        get
        {
            byte isContiguous;
            Check(_isContiguous(Handle, &isContiguous));
            return isContiguous != 0;
        }
    }

    /// <summary>Gets the address of the first element.</summary>
    public void* Data
    {
        get
        {
            void* data;
            Check(_data(Handle, &data));
            return data;
        }
    }

    /// <summary>Returns a contiguous CPU tensor with uninitialized elements.</summary>
    public static NativeTensor Empty(ReadOnlySpan<long> sizes, torch.ScalarType type)
    {
        Span<long> strides = stackalloc long[sizes.Length];
        var stride = 1L;
        for (var i = sizes.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= Math.Max(sizes[i], 1);
        }
        nint handle;
        fixed (long* sizesPointer = sizes, stridesPointer = strides)
            Check(_newStrided(sizes.Length, sizesPointer, stridesPointer, (int)type, (int)DeviceType.CPU, 0, &handle));
        return new(handle);
    }

    /// <summary>Returns the tensor of a reference, or an undefined tensor for 0, which a failed function returns.</summary>
    public static NativeTensor Of(nint handle) => handle == 0 ? Undefined() : new(handle);

    /// <summary>Returns an undefined tensor, which PyTorch shows as None.</summary>
    public static NativeTensor Undefined()
    {
        nint handle;
        Check(_newUndefined(&handle));
        return new(handle);
    }

    private static void Check(int code)
    {
        if (code != 0)
            throw new InvalidOperationException("libtorch could not read or create a tensor; the standard error stream says why.");
    }

    private static nint Function(string name) => LibTorch.Export(name, "A kernel in C#");
}
