using System.Globalization;

namespace DeepLearning.Charts;

/// <summary>A color scale for numbers, with equally spaced colors from the minimum to the maximum.</summary>
/// <param name="Colors">The colors, as #rrggbb; at least two.</param>
public sealed record ColorScale(IReadOnlyList<string> Colors)
{
    private const double DarkestUnderBlack = 0.25;

    /// <summary>Gets a scale from pale to deep blue, for counts and shares.</summary>
    public static ColorScale Blues { get; } = new(["#dbe9f6", "#89b8dd", "#3f85be", "#0b4a84"]);

    /// <summary>Gets a scale from violet over green to yellow, perceptually uniform, for any values.</summary>
    public static ColorScale Viridis { get; } = new(["#440154", "#46327e", "#365c8d", "#277f8e", "#1fa187", "#4ac16d", "#a0da39", "#fde725"]);

    /// <summary>Gets a scale from violet over green to orange for thin lines, with a contrast of at least 3 on white and on dark pages.</summary>
    public static ColorScale Lines { get; } = new(["#7b4fb0", "#3f6fb8", "#277f8e", "#2f9a6f", "#5f9a28", "#c08a00"]);

    /// <summary>Returns the palette's colors for classes 0, 1, 2, ….</summary>
    /// <param name="count">The number of classes, at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of classes is not positive.</exception>
    public static ColorScale OfClasses(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return new ColorScale([.. Enumerable.Range(0, Math.Max(2, count)).Select(Palette.At)]);
    }

    /// <summary>Returns the color at a position of the scale, 0 to 1.</summary>
    /// <param name="share">The position, 0 for the first color and 1 for the last; values outside of this range have the color of its end.</param>
    /// <returns>The color as #rrggbb.</returns>
    public string At(double share)
    {
        var place = Math.Clamp(share, 0, 1) * (Colors.Count - 1);
        var left = Math.Min((int)place, Colors.Count - 2);
        var (from, to) = (Channels(Colors[left]), Channels(Colors[left + 1]));
        var between = from.Zip(to, (a, b) => (int)Math.Round(a + (b - a) * (place - left)));
        return "#" + string.Concat(between.Select(channel => channel.ToString("x2", CultureInfo.InvariantCulture)));
    }

    /// <summary>Returns black or white, whichever is legible on a color.</summary>
    internal static string TextOn(string color)
    {
        var channels = Channels(color);
        var luminance = 0.2126 * Linear(channels[0]) + 0.7152 * Linear(channels[1]) + 0.0722 * Linear(channels[2]);
        return luminance > DarkestUnderBlack ? "#111111" : "#ffffff";
    }

    internal static int[] Channels(string color) =>
        [.. Enumerable.Range(0, 3).Select(i => int.Parse(color.AsSpan(1 + 2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture))];

    private static double Linear(int channel) => Math.Pow(channel / 255.0, 2.2);
}
