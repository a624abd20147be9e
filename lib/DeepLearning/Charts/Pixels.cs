using Vision = TorchSharp.Vision;

namespace DeepLearning.Charts;

/// <summary>Encodes images for figures.</summary>
internal static class Pixels
{
    /// <summary>A PNG file of pixels that are red, green, blue and opacity: rows, then columns.</summary>
    internal static byte[] Png(byte[] rgba, int height, int width) => Vision.Png.Encode(rgba, height, width, channels: 4);
}
