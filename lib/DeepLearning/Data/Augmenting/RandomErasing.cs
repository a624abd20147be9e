using static TorchSharp.torch;

namespace DeepLearning.Data.Augmenting;

/// <summary>Erases a random rectangle of images in place.</summary>
internal sealed class RandomErasing(double p, (double Min, double Max) area, (double Min, double Max) ratio, byte fill) : Augmentation
{
    private const int Attempts = 10;

    public override Tensor Apply(Tensor images, Random random)
    {
        var (count, channels, height, width) = ((int)images.shape[0], (int)images.shape[1], (int)images.shape[2], (int)images.shape[3]);
        var pixels = images.bytes;
        for (var image = 0; image < count; image++)
        {
            if (random.NextDouble() >= p || Draw(height, width, random) is not var (top, left, rows, columns))
                continue;
            for (var plane = image * channels; plane < (image + 1) * channels; plane++)
            {
                for (var row = top; row < top + rows; row++)
                    pixels.Slice((((plane * height) + row) * width) + left, columns).Fill(fill);
            }
        }
        return images;
    }

    /// <summary>Draws a rectangle that fits into an image, as torchvision does; null if ten attempts failed.</summary>
    private (int Top, int Left, int Rows, int Columns)? Draw(int height, int width, Random random)
    {
        var (low, high) = (Math.Log(ratio.Min), Math.Log(ratio.Max));
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var pixels = height * width * Between(area.Min, area.Max, random);
            var shape = Math.Exp(Between(low, high, random));
            var (rows, columns) = ((int)Math.Round(Math.Sqrt(pixels * shape)), (int)Math.Round(Math.Sqrt(pixels / shape)));
            if (rows < height && columns < width)
                return (random.Next(height - rows + 1), random.Next(width - columns + 1), rows, columns);
        }
        return null;
    }

    private static double Between(double min, double max, Random random) => min + ((max - min) * random.NextDouble());
}
