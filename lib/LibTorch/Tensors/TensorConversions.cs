using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The element of a one-element tensor as a C# number, converted from whatever type the tensor has.</summary>
public static class TensorConversions
{
    public static Scalar ToScalar(this Tensor value) => is_floating_point(value.dtype) ? value.ToDouble() : value.ToInt64();

    public static double ToDouble(this Tensor value) => Read<double>(value, ScalarType.Float64);

    public static float ToSingle(this Tensor value) => Read<float>(value, ScalarType.Float32);

    public static long ToInt64(this Tensor value) => Read<long>(value, ScalarType.Int64);

    public static int ToInt32(this Tensor value) => Read<int>(value, ScalarType.Int32);

    public static byte ToByte(this Tensor value) => Read<byte>(value, ScalarType.Byte);

    public static bool ToBoolean(this Tensor value) => Read<bool>(value, ScalarType.Bool);

    private static T Read<T>(Tensor value, ScalarType type)
        where T : unmanaged
    {
        if (value.dtype == type)
            return value.item<T>();
        using var converted = value.to(type);
        return converted.item<T>();
    }
}
