namespace TorchSharp;

public static partial class torch
{
    /// <summary>What a type of floating-point numbers can hold.</summary>
    public readonly record struct FInfo
    {
        /// <summary>Bits of one number.</summary>
        public int bits { get; init; }

        /// <summary>The step from 1 to the next number.</summary>
        public double eps { get; init; }

        public double max { get; init; }

        public double min { get; init; }

        /// <summary>The smallest number above 0 with full precision.</summary>
        public double tiny { get; init; }

        /// <summary>The same.</summary>
        public double smallest_normal { get; init; }

        /// <summary>The decimal digits that are kept for certain, as one unit of the last.</summary>
        public double resolution { get; init; }
    }

    /// <param name="dtype">A floating-point type, or a complex one, which has two of them; Float32, when left out.</param>
    /// <exception cref="ArgumentException">The type holds no floating-point numbers.</exception>
    public static FInfo finfo(ScalarType dtype = ScalarType.Float32) => dtype switch
    {
        ScalarType.Float16 => FInfoOf(exponent: 5, fraction: 10),
        ScalarType.BFloat16 => FInfoOf(exponent: 8, fraction: 7),
        ScalarType.Float32 or ScalarType.ComplexFloat32 => FInfoOf(exponent: 8, fraction: 23),
        ScalarType.Float64 or ScalarType.ComplexFloat64 => FInfoOf(exponent: 11, fraction: 52),
        _ => throw new ArgumentException($"finfo knows types of floating-point numbers; {dtype} is none.", nameof(dtype)),
    };

    /// <param name="exponent">Bits of the exponent, of which the first and the last value mean something else.</param>
    /// <param name="fraction">Bits after the leading one.</param>
    private static FInfo FInfoOf(int exponent, int fraction)
    {
        var bias = (1 << (exponent - 1)) - 1;
        var eps = Math.ScaleB(1, -fraction);
        var max = Math.ScaleB(2 - eps, bias);
        var tiny = Math.ScaleB(1, 1 - bias);
        return new FInfo
        {
            bits = 1 + exponent + fraction,
            eps = eps,
            max = max,
            min = -max,
            tiny = tiny,
            smallest_normal = tiny,
            resolution = Math.Pow(10, -Math.Floor(fraction * Math.Log10(2))),
        };
    }
}
