using System.Globalization;

namespace DeepLearning.Tables;

/// <summary>Determines the number of decimals for a column of floating-point numbers.</summary>
internal static class NumberFormat
{
    private const int Digits = 4;
    private const int DigitsOfSmallest = 2;
    private const int MostDecimals = 8;

    /// <summary>
    /// Returns a format in which the largest value has four digits and the smallest at least two, without trailing zeros that all values have.
    /// </summary>
    public static string For(IEnumerable<object?> values)
    {
        var numbers = values
            .Where(value => value is float or double or decimal)
            .Select(value => Math.Abs(Convert.ToDouble(value, CultureInfo.InvariantCulture)))
            .Where(number => double.IsFinite(number) && number != 0)
            .ToList();
        if (numbers.Count == 0)
            return "0.############";

        var decimals = Math.Max(Decimals(numbers.Max(), Digits), Decimals(numbers.Min(), DigitsOfSmallest));
        if (decimals > MostDecimals || numbers.Max() >= 1e9)
            return "G4";
        while (decimals > 0 && numbers.TrueForAll(number => IsRoundAt(number, decimals - 1)))
            decimals--;
        return $"F{decimals}";
    }

    private static int Decimals(double number, int digits) => Math.Max(0, digits - 1 - (int)Math.Floor(Math.Log10(number)));

    // 0.1 as a float differs from 0.1 as a double, so the displayed digits are compared
    private static bool IsRoundAt(double number, int decimals) => Math.Round(number * Math.Pow(10, decimals + 1)) % 10 == 0;
}
