using System.Globalization;

namespace DeepLearning.Charts;

/// <summary>Computes the colors of numbers: larger numbers are bluer, negative numbers are orange.</summary>
internal sealed class PictureColors
{
    // text on a labeled cell must be legible; pixels may be darker
    private static readonly (int R, int G, int B) _zero = (245, 248, 251);
    private static readonly (int R, int G, int B) _high = (104, 170, 226);
    private static readonly (int R, int G, int B) _low = (238, 154, 97);
    private static readonly (int R, int G, int B) _darkHigh = (10, 54, 98);
    private static readonly (int R, int G, int B) _darkLow = (120, 50, 0);

    private readonly double _least;
    private readonly double _largest;

    public PictureColors(IEnumerable<double> values)
    {
        var finite = values.Where(double.IsFinite).DefaultIfEmpty().ToList();
        (_least, _largest) = (finite.Min(), finite.Max());
        if (_least < 0)
            (_least, _largest) = (-Math.Max(-_least, _largest), Math.Max(-_least, _largest));
    }

    /// <summary>Returns the color in CSS notation.</summary>
    /// <param name="value">The number.</param>
    /// <param name="labeled">Whether text on the color must be legible.</param>
    public string Of(double value, bool labeled)
    {
        if (!double.IsFinite(value))
            return Palette.Neutral;
        var share = Share(value);
        var end = (share < 0, labeled) switch
        {
            (false, true) => _high,
            (false, false) => _darkHigh,
            (true, true) => _low,
            (true, false) => _darkLow,
        };
        var strength = Math.Abs(share);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"#{Mixed(_zero.R, end.R, strength):x2}{Mixed(_zero.G, end.G, strength):x2}{Mixed(_zero.B, end.B, strength):x2}");
    }

    // in 24 steps, so pixels with similar values share a path
    private double Share(double value)
    {
        if (_largest <= _least)
            return 0;
        var share = _least < 0 ? value / _largest : (value - _least) / (_largest - _least);
        return Math.Round(share * 24) / 24;
    }

    private static int Mixed(int from, int to, double share) => (int)Math.Round(from + ((to - from) * share));
}
