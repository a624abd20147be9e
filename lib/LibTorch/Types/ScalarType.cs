namespace TorchSharp;

public static partial class torch
{
    /// <summary>The type of a tensor's elements, numbered as in libtorch.</summary>
    public enum ScalarType : sbyte
    {
        Byte = 0,
        Int8 = 1,
        Int16 = 2,
        Int32 = 3,
        Int64 = 4,
        Float16 = 5,
        Float32 = 6,
        Float64 = 7,
        ComplexFloat32 = 9,
        ComplexFloat64 = 10,
        Bool = 11,
        BFloat16 = 15,
    }

    public static ScalarType uint8 => ScalarType.Byte;

    public static ScalarType int8 => ScalarType.Int8;

    public static ScalarType int16 => ScalarType.Int16;

    public static ScalarType int32 => ScalarType.Int32;

    public static ScalarType int64 => ScalarType.Int64;

    public static ScalarType float16 => ScalarType.Float16;

    public static ScalarType half => ScalarType.Float16;

    public static ScalarType bfloat16 => ScalarType.BFloat16;

    public static ScalarType float32 => ScalarType.Float32;

    public static ScalarType float64 => ScalarType.Float64;

    public static ScalarType complex64 => ScalarType.ComplexFloat32;

    public static ScalarType complex128 => ScalarType.ComplexFloat64;

    public static ScalarType @byte => ScalarType.Byte;

    public static ScalarType @short => ScalarType.Int16;

    public static ScalarType @int => ScalarType.Int32;

    public static ScalarType @long => ScalarType.Int64;

    public static ScalarType @float => ScalarType.Float32;

    public static ScalarType @double => ScalarType.Float64;

    public static ScalarType @bool => ScalarType.Bool;

    /// <summary>Whether the type is a floating-point number, complex ones not counted.</summary>
    public static bool is_floating_point(ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;

    /// <summary>Whether the type is a whole number; truth values are not counted.</summary>
    public static bool is_integral(ScalarType type) => type <= ScalarType.Int64;

    internal static ScalarType ScalarTypeOf<T>()
        where T : unmanaged => Type.GetTypeCode(typeof(T)) switch
        {
            TypeCode.Byte => ScalarType.Byte,
            TypeCode.SByte => ScalarType.Int8,
            TypeCode.Int16 => ScalarType.Int16,
            TypeCode.Int32 => ScalarType.Int32,
            TypeCode.Int64 => ScalarType.Int64,
            TypeCode.Single => ScalarType.Float32,
            TypeCode.Double => ScalarType.Float64,
            TypeCode.Boolean => ScalarType.Bool,
            _ when typeof(T) == typeof(Half) => ScalarType.Float16,
            _ => throw new ArgumentException(
                $"A tensor cannot hold {typeof(T).Name}: use byte, sbyte, short, int, long, float, double, Half or bool."),
        };
}
