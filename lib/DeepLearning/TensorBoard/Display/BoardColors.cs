using DeepLearning.Charts;

namespace DeepLearning.TensorBoard;

/// <summary>The colours of runs, for any number of runs.</summary>
internal static class BoardColors
{
    // beyond the palette, steps of the golden angle around the circle of hues
    internal static string At(int run) => run < Palette.Colors.Count ? Palette.At(run) : $"hsl({run * 137 % 360} 55% 50%)";
}
