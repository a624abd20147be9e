namespace DeepLearning.Charts;

/// <summary>Maps values to coordinates of the drawing, linearly or logarithmically.</summary>
internal sealed record Scale(double Min, double Max, double From, double To, bool IsLogarithmic = false)
{
    internal double this[double value] => From + (Along(value) - Along(Min)) / (Along(Max) - Along(Min)) * (To - From);

    /// <summary>Returns a scale for all finite values, with margins below and above that are fractions of their range.</summary>
    internal static Scale Around(IEnumerable<double> values, double from, double to, double below = 0.04, double above = 0.04)
    {
        var finite = values.Where(double.IsFinite).ToList();
        if (finite.Count == 0)
            return new Scale(0, 1, from, to);

        var (min, max) = (finite.Min(), finite.Max());
        // a single value, or values that are too close for the precision of doubles
        if (max - min <= Math.Max(Math.Abs(min), Math.Abs(max)) * 1e-12)
        {
            var room = min == 0 ? 0.5 : Math.Abs(min) / 2;
            return new Scale(min - room, max + room, from, to);
        }

        return new Scale(min - (max - min) * below, max + (max - min) * above, from, to);
    }

    /// <summary>Returns a logarithmic scale for the values greater than zero.</summary>
    internal static Scale AroundLogarithms(IEnumerable<double> values, double from, double to, double below = 0.04, double above = 0.04)
    {
        var exponents = Around(values.Where(value => value > 0).Select(Math.Log10), from, to, below, above);
        return new Scale(Math.Pow(10, exponents.Min), Math.Pow(10, exponents.Max), from, to, IsLogarithmic: true);
    }

    private double Along(double value) => IsLogarithmic ? Math.Log10(value) : value;
}
