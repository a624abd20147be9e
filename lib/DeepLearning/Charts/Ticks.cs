using System.Globalization;
using static System.FormattableString;

namespace DeepLearning.Charts;

/// <summary>The ticks of an axis.</summary>
/// <param name="Values">The numbers.</param>
/// <param name="Labels">The texts of the numbers.</param>
internal sealed record Ticks(IReadOnlyList<double> Values, IReadOnlyList<string> Labels)
{
    private const double Tolerance = 1e-9;

    /// <summary>Returns about <paramref name="count"/> multiples of 1, 2 or 5 times a power of ten, from <paramref name="min"/> to <paramref name="max"/>.</summary>
    internal static Ticks Between(double min, double max, int count, AxisFormat format)
    {
        var step = NiceStep((max - min) / Math.Max(1, count));
        if (format == AxisFormat.Whole)
            step = Math.Max(1, step);

        var values = new List<double>();
        for (var i = Math.Ceiling(min / step - Tolerance); i * step <= max + step * Tolerance; i++)
            values.Add(i * step);
        return new Ticks(values, Written(values, step, format));
    }

    /// <summary>Returns the ticks of an axis: its names, powers of ten, or round numbers.</summary>
    internal static Ticks Of(Axis axis, double min, double max, int count)
    {
        if (axis.Labels is { } labels)
            return new Ticks([.. Enumerable.Range(0, labels.Count).Select(i => (double)i)], labels);
        return axis.IsLogarithmic ? Powers(min, max, count) : Between(min, max, count, axis.Format);
    }

    /// <summary>Returns the label of a bar or point, with more digits than the axis.</summary>
    internal static string ValueLabel(double value, AxisFormat format) => format switch
    {
        AxisFormat.Percent => Invariant($"{value * 100:0.0} %"),
        AxisFormat.Whole => Invariant($"{value:0}"),
        _ => Invariant($"{value:G4}"),
    };

    // within two powers of ten, the multiples 2 and 5 also have ticks; with very many powers, only every nth power has one
    private static Ticks Powers(double min, double max, int count)
    {
        var (first, last) = ((int)Math.Floor(Math.Log10(min)), (int)Math.Ceiling(Math.Log10(max)));
        var every = Math.Max(1, (int)Math.Ceiling((last - first) / (double)Math.Max(1, count)));
        double[] factors = max / min > 100 ? [1] : [1, 2, 5];
        List<double> values =
        [
            .. Enumerable.Range(first, last - first + 1).Where(power => power % every == 0)
                .SelectMany(power => factors.Select(factor => factor * Math.Pow(10, power)))
                .Where(value => value >= min * (1 - Tolerance) && value <= max * (1 + Tolerance)),
        ];
        return new Ticks(values, values.ConvertAll(value => Invariant($"{value:G3}")));
    }

    private static double NiceStep(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch
        {
            < 1.5 => power,
            < 3.5 => 2 * power,
            < 7.5 => 5 * power,
            _ => 10 * power,
        };
    }

    private static List<string> Written(List<double> values, double step, AxisFormat format)
    {
        // i * step may have a rounding error, as in 0.30000000000000004, or be negative zero
        var clean = values.ConvertAll(value => Math.Abs(value) < step * Tolerance ? 0 : value);
        if (format == AxisFormat.Percent)
            return clean.ConvertAll(value => (value * 100).ToString($"F{Decimals(step * 100)}", CultureInfo.InvariantCulture) + " %");

        var largest = clean.Select(Math.Abs).DefaultIfEmpty().Max();
        if (largest is 0 or < 1e6 and >= 1e-4)
            return clean.ConvertAll(value => value.ToString($"F{Decimals(step)}", CultureInfo.InvariantCulture));
        var exponential = $"0.{new string('#', Decimals(step / largest))}e0";
        return clean.ConvertAll(value => value == 0 ? "0" : value.ToString(exponential, CultureInfo.InvariantCulture));
    }

    private static int Decimals(double step) => Math.Max(0, (int)Math.Ceiling(-Math.Log10(step) - Tolerance));
}
