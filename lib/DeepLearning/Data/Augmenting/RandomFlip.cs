using static TorchSharp.torch;

namespace DeepLearning.Data.Augmenting;

/// <summary>Flips images in place.</summary>
internal sealed class RandomFlip(double p, bool isHorizontal) : Augmentation
{
    public override Tensor Apply(Tensor images, Random random)
    {
        var (count, channels, height, width) = ((int)images.shape[0], (int)images.shape[1], (int)images.shape[2], (int)images.shape[3]);
        var pixels = images.bytes;
        var size = height * width;
        for (var image = 0; image < count; image++)
        {
            if (random.NextDouble() >= p)
                continue;
            for (var channel = 0; channel < channels; channel++)
            {
                var plane = pixels.Slice(((image * channels) + channel) * size, size);
                if (isHorizontal)
                    MirrorRows(plane, width);
                else
                    SwapRows(plane, height, width);
            }
        }
        return images;
    }

    private static void MirrorRows(Span<byte> plane, int width)
    {
        for (; !plane.IsEmpty; plane = plane[width..])
            plane[..width].Reverse();
    }

    private static void SwapRows(Span<byte> plane, int height, int width)
    {
        var saved = new byte[width];
        for (var row = 0; row < height / 2; row++)
        {
            var top = plane.Slice(row * width, width);
            var bottom = plane.Slice((height - 1 - row) * width, width);
            top.CopyTo(saved);
            bottom.CopyTo(top);
            saved.CopyTo(bottom);
        }
    }
}
