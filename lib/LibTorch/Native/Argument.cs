using static TorchSharp.torch;

namespace TorchSharp.Native;

/// <summary>An operator's argument on its way to the door: C# values convert to it by themselves, null becomes None.</summary>
internal readonly struct Argument
{
    public readonly Tag Tag;
    public readonly long Bits;
    public readonly object? Reference;

    private Argument(Tag tag, long bits, object? reference = null)
    {
        Tag = tag;
        Bits = bits;
        Reference = reference;
    }

    public static implicit operator Argument(Tensor? tensor) => tensor is null ? default : new(Tag.Tensor, tensor.Handle, tensor);

    public static implicit operator Argument(Tensor?[] tensors) => new(Tag.Tensors, tensors.Length, tensors);

    public static implicit operator Argument(long value) => new(Tag.Integer, value);

    public static implicit operator Argument(long? value) => value is { } given ? given : default(Argument);

    public static implicit operator Argument(double value) => new(Tag.Real, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Argument(double? value) => value is { } given ? given : default(Argument);

    public static implicit operator Argument(bool value) => new(Tag.Boolean, value ? 1 : 0);

    public static implicit operator Argument(bool? value) => value is { } given ? given : default(Argument);

    public static implicit operator Argument(string? value) => value is null ? default : new(Tag.String, 0, value);

    public static implicit operator Argument(long[]? values) => values is null ? default : new(Tag.Integers, values.Length, values);

    public static implicit operator Argument(double[]? values) => values is null ? default : new(Tag.Reals, values.Length, values);

    public static implicit operator Argument(bool[]? values) => values is null ? default : new(Tag.Booleans, values.Length, values);

    public static implicit operator Argument(Scalar value) => new(value.Tag, value.Bits);

    public static implicit operator Argument(Scalar? value) => value is { } given ? given : default(Argument);

    public static implicit operator Argument(ScalarType type) => new(Tag.Integer, (long)type);

    public static implicit operator Argument(ScalarType? type) => type is { } given ? given : default(Argument);

    public static implicit operator Argument(nn.Reduction reduction) => new(Tag.Integer, (long)reduction);

    public static implicit operator Argument(Device? device) => device is null ? default : new(Tag.Device, device.Packed);

    public static implicit operator Argument(Generator? generator) => generator is null ? default : new(Tag.Generator, generator.Handle, generator);

    /// <summary>Eight-byte words that the argument's list or string takes beside its <see cref="Value"/>.</summary>
    public int Words => Tag switch
    {
        Tag.Integers or Tag.Reals or Tag.Tensors => (int)Bits,
        Tag.Booleans => ((int)Bits + 7) / 8,
        Tag.String => ((((string)Reference!).Length * 3) + 7) / 8,
        _ => 0,
    };
}
