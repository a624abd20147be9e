namespace DeepLearning.Charts;

/// <summary>Maps values to places on the drawing: linearly, or by their logarithms.</summary>
internal sealed record Scale(double Min, double Max, double From, double To, bool IsLogarithmic = false)
{
    internal double this[double value] => From + (Along(value) - Along(Min)) / (Along(Max) - Along(Min)) * (To - From);

    /// <summary>Returns a scale that shows all finite values, with a margin of the given shares of their range below and above.</summary>
    internal static Scale Around(IEnumerable<double> values, double from, double to, double below = 0.04, double above = 0.04)
    {
        var finite = values.Where(double.IsFinite).ToList();
        if (finite.Count == 0)
            return new Scale(0, 1, from, to);

        var (min, max) = (finite.Min(), finite.Max());
        // one value alone, or values too close for doubles to lie between them
        if (max - min <= Math.Max(Math.Abs(min), Math.Abs(max)) * 1e-12)
        {
            var room = min == 0 ? 0.5 : Math.Abs(min) / 2;
            return new Scale(min - room, max + room, from, to);
        }

        return new Scale(min - (max - min) * below, max + (max - min) * above, from, to);
    }

    /// <summary>Returns a logarithmic scale of the values above zero, in which equal steps are equal factors.</summary>
    internal static Scale AroundLogarithms(IEnumerable<double> values, double from, double to, double below = 0.04, double above = 0.04)
    {
        var exponents = Around(values.Where(value => value > 0).Select(Math.Log10), from, to, below, above);
        return new Scale(Math.Pow(10, exponents.Min), Math.Pow(10, exponents.Max), from, to, IsLogarithmic: true);
    }

    private double Along(double value) => IsLogarithmic ? Math.Log10(value) : value;
}
