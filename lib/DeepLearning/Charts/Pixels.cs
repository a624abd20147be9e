using static TorchSharp.torch;
using static TorchSharp.torchvision;

namespace DeepLearning.Charts;

/// <summary>Makes images that stand within a figure.</summary>
internal static class Pixels
{
    /// <summary>A PNG file of pixels that are red, green, blue and opacity: rows, then columns.</summary>
    internal static byte[] Png(byte[] rgba, int height, int width)
    {
        using var scope = NewDisposeScope();
        using var file = new MemoryStream();
        io.write_png(tensor(rgba).view(height, width, 4).permute(2, 0, 1).contiguous(), file);
        return file.ToArray();
    }
}
