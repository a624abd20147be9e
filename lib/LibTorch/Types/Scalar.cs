using System.Globalization;
using TorchSharp.Native;

namespace TorchSharp;

/// <summary>A number of any type, where an operator takes one.</summary>
public readonly struct Scalar
{
    private Scalar(ScalarType type, Tag tag, long bits)
    {
        Type = type;
        Tag = tag;
        Bits = bits;
    }

    public ScalarType Type { get; }

    internal Tag Tag { get; }

    internal long Bits { get; }

    internal double Number => Tag == Tag.Real ? BitConverter.Int64BitsToDouble(Bits) : Bits;

    public static implicit operator Scalar(byte value) => new(ScalarType.Byte, Tag.Integer, value);

    public static implicit operator Scalar(sbyte value) => new(ScalarType.Int8, Tag.Integer, value);

    public static implicit operator Scalar(short value) => new(ScalarType.Int16, Tag.Integer, value);

    public static implicit operator Scalar(int value) => new(ScalarType.Int32, Tag.Integer, value);

    public static implicit operator Scalar(long value) => new(ScalarType.Int64, Tag.Integer, value);

    public static implicit operator Scalar(float value) => new(ScalarType.Float32, Tag.Real, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Scalar(double value) => new(ScalarType.Float64, Tag.Real, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Scalar(bool value) => new(ScalarType.Bool, Tag.Boolean, value ? 1 : 0);

    public override string ToString() => Tag switch
    {
        Tag.Boolean => Bits != 0 ? "True" : "False",
        Tag.Real => Number.ToString(CultureInfo.InvariantCulture),
        _ => Bits.ToString(CultureInfo.InvariantCulture),
    };
}
