using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

// Tensors from C# values. tensor copies; from_array shares the array's memory.
public static partial class torch
{
    public static Tensor tensor(int scalar, Device? device = null, bool requires_grad = false) =>
        FromScalar(scalar, ScalarType.Int32, device, requires_grad);

    public static Tensor tensor(float scalar, Device? device = null, bool requires_grad = false) =>
        FromScalar(scalar, ScalarType.Float32, device, requires_grad);

    public static Tensor tensor(long scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromScalar(scalar, dtype ?? ScalarType.Int64, device, requires_grad);

    public static Tensor tensor(double scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromScalar(scalar, dtype ?? ScalarType.Float64, device, requires_grad);

    public static Tensor tensor(bool scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromScalar(scalar, dtype ?? ScalarType.Bool, device, requires_grad);

    public static Tensor tensor(IList<float> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromList(rawArray, [rawArray.Count], dtype, device, requires_grad);

    public static Tensor tensor(IList<double> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromList(rawArray, [rawArray.Count], dtype, device, requires_grad);

    public static Tensor tensor(IList<int> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromList(rawArray, [rawArray.Count], dtype, device, requires_grad);

    public static Tensor tensor(IList<long> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromList(rawArray, [rawArray.Count], dtype, device, requires_grad);

    public static Tensor tensor(IList<byte> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromList(rawArray, [rawArray.Count], dtype, device, requires_grad);

    public static Tensor tensor(IList<bool> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromList(rawArray, [rawArray.Count], dtype, device, requires_grad);

    public static Tensor tensor(
        IList<float> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromList(rawArray, dimensions, dtype, device, requires_grad);

    public static Tensor tensor(
        IList<double> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromList(rawArray, dimensions, dtype, device, requires_grad);

    public static Tensor tensor(
        IList<int> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromList(rawArray, dimensions, dtype, device, requires_grad);

    public static Tensor tensor(
        IList<long> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromList(rawArray, dimensions, dtype, device, requires_grad);

    public static Tensor tensor(
        IList<byte> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromList(rawArray, dimensions, dtype, device, requires_grad);

    public static Tensor tensor(float[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromRectangle<float>(rawArray, dtype, device, requires_grad);

    public static Tensor tensor(double[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromRectangle<double>(rawArray, dtype, device, requires_grad);

    public static Tensor tensor(int[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromRectangle<int>(rawArray, dtype, device, requires_grad);

    public static Tensor tensor(long[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromRectangle<long>(rawArray, dtype, device, requires_grad);

    public static Tensor tensor(IList<short> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromList(rawArray, [rawArray.Count], dtype, device, requires_grad);

    public static Tensor tensor<T>(T[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
        where T : unmanaged =>
        FromRectangle<T>(rawArray, dtype, device, requires_grad);

    public static Tensor tensor<T>(T[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
        where T : unmanaged =>
        FromRectangle<T>(rawArray, dtype, device, requires_grad);

    public static Tensor tensor<T>(T[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
        where T : unmanaged =>
        FromRectangle<T>(rawArray, dtype, device, requires_grad);

    /// <summary>A tensor in the array's own memory: what is written to one shows in the other.</summary>
    /// <param name="rawArray">An array of numbers or truth values, of any rank; it stays where it is while the tensor lives.</param>
    /// <param name="dtype">Another type, which makes a copy.</param>
    /// <param name="device">Another device, which makes a copy.</param>
    /// <param name="requires_grad">Whether gradients are wanted.</param>
    public static unsafe Tensor from_array(Array rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        var own = ElementTypeOf(rawArray);
        var sizes = Enumerable.Range(0, rawArray.Rank).Select(dim => rawArray.GetLongLength(dim)).ToArray();
        var pin = GCHandle.Alloc(rawArray, GCHandleType.Pinned);
        nint handle;
        try
        {
            fixed (long* size = sizes)
                Door.Check(Door.door_from_blob(
                    Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(rawArray)), size, sizes.Length, (int)own, &Unpin,
                    GCHandle.ToIntPtr(pin), &handle));
        }
        catch
        {
            pin.Free();
            throw;
        }
        return Converted(new Tensor(handle), dtype, device, requires_grad);
    }

    [UnmanagedCallersOnly]
    private static void Unpin(nint pin) => GCHandle.FromIntPtr(pin).Free();

    private static ScalarType ElementTypeOf(Array array) => array switch
    {
        float[] or float[,] or float[,,] or float[,,,] => ScalarType.Float32,
        double[] or double[,] or double[,,] or double[,,,] => ScalarType.Float64,
        byte[] or byte[,] or byte[,,] or byte[,,,] => ScalarType.Byte,
        sbyte[] or sbyte[,] => ScalarType.Int8,
        short[] or short[,] => ScalarType.Int16,
        int[] or int[,] or int[,,] or int[,,,] => ScalarType.Int32,
        long[] or long[,] or long[,,] or long[,,,] => ScalarType.Int64,
        bool[] or bool[,] => ScalarType.Bool,
        _ => throw new ArgumentException($"from_array takes an array of numbers or truth values, not {array.GetType().Name}."),
    };

    private static Tensor FromScalar(Scalar scalar, ScalarType dtype, Device? device, bool requires_grad) =>
        full([], scalar, dtype, device, requires_grad);

    private static Tensor FromList<T>(IList<T> list, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requires_grad)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(list);
        long elements = 1;
        foreach (var dimension in dimensions)
            elements *= dimension;
        if (elements != list.Count)
            throw new ArgumentException($"A tensor of shape {Tensor.Shape(dimensions.ToArray())} has {elements} elements; {list.Count} were given.");
        var tensor = empty(dimensions.ToArray(), ScalarTypeOf<T>());
        var span = tensor.data<T>();
        switch (list)
        {
            case T[] array:
                array.CopyTo(span);
                break;
            case List<T> growable:
                CollectionsMarshal.AsSpan(growable).CopyTo(span);
                break;
            default:
                for (var i = 0; i < span.Length; i++)
                    span[i] = list[i];
                break;
        }
        return Converted(tensor, dtype, device, requires_grad);
    }

    private static Tensor FromRectangle<T>(Array array, ScalarType? dtype, Device? device, bool requires_grad)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(array);
        var tensor = empty([.. Enumerable.Range(0, array.Rank).Select(array.GetLongLength)], ScalarTypeOf<T>());
        MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length).CopyTo(tensor.data<T>());
        return Converted(tensor, dtype, device, requires_grad);
    }

    private static Tensor Converted(Tensor tensor, ScalarType? dtype, Device? device, bool requires_grad)
    {
        if (dtype is not null || device is not null)
            tensor = tensor.to(dtype ?? tensor.dtype, device ?? CPU, disposeAfter: true);
        return Finish(tensor, requires_grad);
    }
}
