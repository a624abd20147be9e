namespace TorchSharp;

// Tensors in memory that C# has already.
public static partial class torch
{
    /// <summary>The tensor itself where it is of that type and on that device already, else a converted copy.</summary>
    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) =>
        dtype is null && device is null ? data.alias() : data.to(dtype ?? data.dtype, device ?? data.device);

    /// <summary>A tensor in the array's own memory, unless another type or device makes it a copy.</summary>
    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device);

    /// <inheritdoc cref="as_tensor(Array, ScalarType?, Device)"/>
    public static Tensor as_tensor<T>(T[] data, ScalarType? dtype = null, Device? device = null)
        where T : unmanaged =>
        from_array(data, dtype, device);

    /// <summary>A tensor of a list's elements: its own memory where the list is an array, else a copy.</summary>
    public static Tensor as_tensor<T>(IList<T> data, ScalarType? dtype = null, Device? device = null)
        where T : unmanaged =>
        data is T[] array ? from_array(array, dtype, device) : FromList(data, [data.Count], dtype, device, requires_grad: false);

    /// <summary>A tensor in part of an array's own memory.</summary>
    /// <param name="rawArray">An array of numbers of one dimension.</param>
    /// <param name="dtype">The tensor's type; another than the array's makes a copy.</param>
    /// <param name="count">How many elements; all that follow the offset unless told.</param>
    /// <param name="offset">How many elements to pass first.</param>
    /// <param name="requires_grad">Whether gradients are wanted.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie within the array.</exception>
    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        if (offset < 0 || offset >= rawArray.LongLength)
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"The array has {rawArray.LongLength} elements.");
        if (count > rawArray.LongLength - offset)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Only {rawArray.LongLength - offset} elements follow the offset {offset}.");
        using var whole = from_array(rawArray);
        using var flat = whole.flatten();
        var part = flat.narrow(0, offset, count < 0 ? rawArray.LongLength - offset : count);
        if (part.dtype != dtype)
            part = part.to(dtype, disposeAfter: true);
        return Finish(part, requires_grad);
    }
}
