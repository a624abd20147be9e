using Vision = TorchSharp.Vision;

namespace DeepLearning.Charts;

/// <summary>Encodes images for figures.</summary>
internal static class Pixels
{
    /// <summary>Returns a PNG file of RGBA pixels in row-major order.</summary>
    internal static byte[] Png(byte[] rgba, int height, int width) => Vision.Png.Encode(rgba, height, width, channels: 4);
}
