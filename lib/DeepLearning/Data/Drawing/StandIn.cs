namespace DeepLearning.Data.Drawing;

/// <summary>
/// Draws images in place of a data set that cannot be had: the same files, counts and classes, the same pixels on every machine.
/// Good enough to train on, no match for the real ones.
/// </summary>
internal static class StandIn
{
    /// <summary>Changes with the drawings, so that older files are not taken for these.</summary>
    public const int Version = 1;

    private const int Size = 28;
    private const int Classes = 10;

    /// <summary>Draws one image of a class, its pose and proportions taken from <paramref name="random"/>.</summary>
    public delegate void Draw(Canvas canvas, int label, Random random);

    /// <summary>Images of all classes in random order, equally many of each (to within one).</summary>
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
                // a stream for each image, so that threads do not matter
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
