namespace DeepLearning.Charts;

/// <summary>A palette with a contrast of at least 3 on white and on near-black. Its first six colors are color-blind safe.</summary>
public static class Palette
{
    /// <summary>The color of text and lines on a page of unknown color.</summary>
    public const string Neutral = "#7b7b7b";

    /// <summary>The color of right answers.</summary>
    public const string Right = "#009e73";

    /// <summary>The color of wrong answers.</summary>
    public const string Wrong = "#d55e00";

    /// <summary>Gets the colors of traces, in the order of their use.</summary>
    public static IReadOnlyList<string> Colors { get; } = ["#2f7fc1", "#d55e00", "#009e73", "#cc79a7", "#a67c00", "#8a6fd1", "#5c9a1f", "#c9356e"];

    /// <summary>Returns the color of the trace at an index. After the last color, the palette repeats.</summary>
    /// <param name="index">The index of a trace, from 0; the colors repeat.</param>
    public static string At(int index) => Colors[index % Colors.Count];
}
