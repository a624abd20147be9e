using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>What a <see cref="Value"/> or an <see cref="Argument"/> holds; mirrors door.h.</summary>
internal enum Tag
{
    None,
    Tensor,
    Integer,
    Real,
    Boolean,
    String,
    Device,
    Integers,
    Reals,
    Booleans,
    Tensors,
    Generator,
}

/// <summary>An argument or a result as the door reads it; mirrors door.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Value
{
    public Tag Tag;
    public int Count;
    public long Bits;
}

/// <summary>A tensor's metadata; mirrors tensors.cpp.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TensorInfo
{
    public long Dimensions;
    public long Elements;
    public long ElementSize;
    public long* Sizes;
    public long* Strides;
    public int ScalarType;
    public int DeviceType;
    public int DeviceIndex;
    public int Layout;
    public int RequiresGrad;
    public int IsLeaf;
    public int IsContiguous;
    public int Reserved;
}
