namespace DeepLearning.Charts;

/// <summary>Colours that people with colour blindness can distinguish, with a contrast of at least 3 on white and on near-black.</summary>
public static class Palette
{
    /// <summary>The colour of text and lines where the colour of the page is not known.</summary>
    public const string Neutral = "#7b7b7b";

    /// <summary>The colour of right answers.</summary>
    public const string Right = "#009e73";

    /// <summary>The colour of wrong answers.</summary>
    public const string Wrong = "#d55e00";

    /// <summary>Gets the colours of traces, in the order of their use.</summary>
    public static IReadOnlyList<string> Colors { get; } = ["#2f7fc1", "#d55e00", "#009e73", "#cc79a7", "#a67c00", "#8a6fd1"];

    /// <summary>Returns the colour of the trace at an index. After the last colour, the first one follows.</summary>
    public static string At(int index) => Colors[index % Colors.Count];
}
