using static TorchSharp.torch;

namespace DeepLearning.Data.Augmenting;

/// <summary>Rotates, translates, scales and shears images about their centers.</summary>
internal sealed class RandomAffine(
    double degrees, (double X, double Y) translate, (double Min, double Max) scale, double shear, byte fill) : Augmentation
{
    public override Tensor Apply(Tensor images, Random random)
    {
        var (count, channels, height, width) = ((int)images.shape[0], (int)images.shape[1], (int)images.shape[2], (int)images.shape[3]);
        var moved = empty_like(images);
        var source = images.bytes;
        var target = moved.bytes;
        var size = height * width;
        var canvas = AffineMap.Canvas(height, width, fill);
        for (var image = 0; image < count; image++)
        {
            var map = AffineMap.Inverse(
                Around(degrees, random), (Math.Round(Around(translate.X * width, random)), Math.Round(Around(translate.Y * height, random))),
                scale.Min + ((scale.Max - scale.Min) * random.NextDouble()), Around(shear, random), height, width);
            for (var plane = image * channels; plane < (image + 1) * channels; plane++)
                map.Resample(source.Slice(plane * size, size), target.Slice(plane * size, size), height, width, canvas);
        }
        return moved;
    }

    /// <summary>Draws a number between -limit and limit.</summary>
    private static double Around(double limit, Random random) => limit * ((2 * random.NextDouble()) - 1);
}
