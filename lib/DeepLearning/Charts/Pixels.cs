namespace DeepLearning.Charts;

/// <summary>Encodes the images that are part of a figure.</summary>
internal static class Pixels
{
    /// <summary>Returns a PNG file of the pixels, bytes [height, width, RGBA].</summary>
    internal static byte[] Png(byte[] rgba, int height, int width) => TorchSharp.Vision.Png.Encode(rgba, height, width, channels: 4);
}
