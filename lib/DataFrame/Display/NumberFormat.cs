namespace Microsoft.Data.Analysis;

/// <summary>Chooses how many decimals a column of floating-point numbers is shown with.</summary>
internal static class NumberFormat
{
    private const int Digits = 4;
    private const int DigitsOfSmallest = 2;
    private const int MostDecimals = 8;

    /// <summary>A format that gives the largest value four digits and the smallest at least two, and no zeros that every value ends with.</summary>
    internal static string For(IEnumerable<object?> values)
    {
        var numbers = values
            .Where(value => value is float or double or decimal or Half)
            .Select(value => Math.Abs(value is Half half ? (double)half : Convert.ToDouble(value)))
            .Where(number => double.IsFinite(number) && number != 0)
            .ToList();
        if (numbers.Count == 0)
            return "0.############";

        var decimals = Math.Max(Decimals(numbers.Max(), Digits), Decimals(numbers.Min(), DigitsOfSmallest));
        if (decimals > MostDecimals || numbers.Max() >= 1e9)
            return "G4";
        while (decimals > 0 && numbers.All(number => IsRoundAt(number, decimals - 1)))
            decimals--;
        return $"F{decimals}";
    }

    private static int Decimals(double number, int digits) => Math.Max(0, digits - 1 - (int)Math.Floor(Math.Log10(number)));

    // a float's 0.1 is not a double's: what matters is what would be seen
    private static bool IsRoundAt(double number, int decimals)
    {
        var scale = Math.Pow(10, decimals + 1);
        return Math.Round(number * scale) % 10 == 0;
    }
}
