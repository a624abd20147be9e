namespace TorchSharp.Extras.Native;

/// <summary>An argument of a libtorch operator.</summary>
/// <remarks>
/// libtorch's stable C interface has no conversion for the schema type <c>Scalar</c>, so operators with such a parameter cannot be called.
/// </remarks>
internal readonly struct OperatorArgument
{
    private static readonly object _list = new();

    private readonly object? _tensors;
    private readonly ulong _bits;

    private OperatorArgument(object? tensors, ulong bits) => (_tensors, _bits) = (tensors, bits);

    /// <summary>Gets the argument None of an optional parameter.</summary>
    public static OperatorArgument None => default;

    /// <summary>Returns an argument of type <c>Tensor?</c>; <see cref="None"/> for null.</summary>
    public static OperatorArgument Optional(torch.Tensor? tensor) => tensor is null ? None : new(new Given(tensor), 0);

    /// <summary>Returns an argument of type <c>Tensor[]</c> from a libtorch list, and takes ownership of the list.</summary>
    public static OperatorArgument List(ulong list) => new(_list, list);

    /// <summary>Converts a tensor to an argument of type <c>Tensor</c>.</summary>
    public static implicit operator OperatorArgument(torch.Tensor tensor) => new(tensor, 0);

    /// <summary>Converts tensors to an argument of type <c>Tensor[]</c>.</summary>
    public static implicit operator OperatorArgument(List<torch.Tensor> tensors) => new(tensors, 0);

    /// <summary>Converts a number to an argument of type <c>float</c>.</summary>
    public static implicit operator OperatorArgument(double value) => new(null, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>Converts a number to an argument of type <c>int</c>.</summary>
    public static implicit operator OperatorArgument(long value) => new(null, unchecked((ulong)value));

    /// <summary>Converts a value to an argument of type <c>bool</c>.</summary>
    public static implicit operator OperatorArgument(bool value) => new(null, value ? 1u : 0);

    /// <summary>Returns the argument in libtorch's representation. The caller owns it.</summary>
    public ulong ToNative() => _tensors switch
    {
        torch.Tensor tensor => StableInterface.NewReference(tensor),
        List<torch.Tensor> tensors => StableInterface.NewList(tensors),
        Given given => StableInterface.NewOptional(given.Tensor),
        _ => _bits,
    };

    /// <summary>Frees the result of <see cref="ToNative"/> if it was not passed to libtorch.</summary>
    public void Free(ulong native)
    {
        if (_tensors is torch.Tensor)
            StableInterface.DeleteReference(native);
        else if (_tensors is List<torch.Tensor> || ReferenceEquals(_tensors, _list))
            StableInterface.DeleteList(native);
        else if (_tensors is Given)
            StableInterface.DeleteOptional(native);
    }

    private sealed record Given(torch.Tensor Tensor);
}
