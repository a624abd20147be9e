namespace DeepLearning.Charts;

/// <summary>Colours that the colour-blind can tell apart, with a contrast of 3 or more on white and on near-black.</summary>
public static class Palette
{
    /// <summary>For text and rules where the colour of the page is not known.</summary>
    public const string Neutral = "#7b7b7b";

    /// <summary>For what is right.</summary>
    public const string Right = "#009e73";

    /// <summary>For what is wrong.</summary>
    public const string Wrong = "#d55e00";

    /// <summary>The colours of traces, in the order of their use.</summary>
    public static IReadOnlyList<string> Colors { get; } = ["#2f7fc1", "#d55e00", "#009e73", "#cc79a7", "#a67c00", "#8a6fd1"];

    /// <summary>The colour of the trace at a position; they come round again.</summary>
    public static string At(int index) => Colors[index % Colors.Count];
}
