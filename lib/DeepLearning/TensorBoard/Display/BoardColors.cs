using DeepLearning.Charts;

namespace DeepLearning.TensorBoard;

/// <summary>The colors of runs, for any number of runs.</summary>
internal static class BoardColors
{
    // beyond the palette, hues in steps of the golden angle
    internal static string At(int run) => run < Palette.Colors.Count ? Palette.At(run) : $"hsl({run * 137 % 360} 55% 50%)";
}
