namespace DeepLearning.Data.Drawing;

/// <summary>
/// Generates synthetic images for a data set that is not available: the same files, counts and classes, with equal pixels on every machine. Models
/// can be trained on them, but results differ from results on the real images.
/// </summary>
internal static class SyntheticImages
{
    /// <summary>The version of the images, which is part of their file names.</summary>
    public const int Version = 1;

    private const int Size = 28;
    private const int Classes = 10;

    /// <summary>Draws one image of a class, with a pose and proportions from <paramref name="random"/>.</summary>
    public delegate void Draw(Canvas canvas, int label, Random random);

    /// <summary>Returns images of all classes in random order. The class sizes differ by at most one image.</summary>
    public static (IdxFile Images, IdxFile Labels) Make(Draw draw, int count, int seed)
    {
        var labels = new byte[count];
        for (var i = 0; i < count; i++)
            labels[i] = (byte)(i % Classes);
        new Random(seed).Shuffle(labels);
        var pixels = new byte[count * Size * Size];
        Parallel.For(
            0, count, () => new Canvas(Size),
            (i, _, canvas) =>
            {
                // each image has its own random number generator, so the result does not depend on the threads
                var random = new Random(unchecked((seed * 1_000_003) + i));
                canvas.Clear();
                draw(canvas, labels[i], random);
                canvas.Render(pixels.AsSpan(i * Size * Size, Size * Size), noise: 6, random);
                return canvas;
            },
            _ => { });
        return (new IdxFile([count, Size, Size], pixels), new IdxFile([count], labels));
    }
}
