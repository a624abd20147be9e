using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Charts;

/// <summary>Images of the same size for a grid with captions.</summary>
internal sealed class Tiles
{
    /// <summary>The maximum width of an image on the page, in pixels.</summary>
    internal const double Largest = 220;

    private const double LineHeight = 15;
    private const double Space = 8;

    private readonly byte[] _rgb;

    private Tiles(int count, int height, int width, byte[] rgb) => (Count, Height, Width, _rgb) = (count, height, width, rgb);

    internal int Count { get; }

    internal int Height { get; }

    internal int Width { get; }

    internal static Tiles Of(Tensor images)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        var four = images.ndim == 3 ? images.unsqueeze(1) : images;
        if (four.ndim != 4 || four.shape[1] is not (1 or 3) || four.shape.Contains(0))
        {
            throw new ArgumentException(
                $"Images must be [N, channels, height, width] with one or three channels, or [N, height, width], but the shape is [{string.Join(", ", images.shape)}].",
                nameof(images));
        }
        var rgb = Bytes(four.detach().cpu()).expand(-1, 3, -1, -1).permute(0, 2, 3, 1).contiguous();
        return new Tiles((int)four.shape[0], (int)four.shape[2], (int)four.shape[3], rgb.data<byte>().ToArray());
    }

    /// <summary>Returns the images in rows as one image, which is transparent between them.</summary>
    /// <param name="columns">The number of images per row.</param>
    /// <param name="pageWidth">The width on the page, which determines the space for captions.</param>
    /// <param name="captionsOf">The lines under an image, each with its color.</param>
    internal Image Image(int columns, double pageWidth, Func<int, (string Text, string? Color)[]> captionsOf)
    {
        var captions = Enumerable.Range(0, Count).Select(captionsOf).ToList();
        var lines = captions.Max(caption => caption.Length);
        // image pixels per page pixel; an image has at most the maximum width
        var pixel = Math.Max(Width * columns / (pageWidth - Space * columns), Width / Largest);
        var (stepX, stepY) = (Width + (int)Math.Ceiling(Space * pixel), Height + (int)Math.Ceiling((Space + lines * LineHeight) * pixel));
        var rows = (Count + columns - 1) / columns;
        var (width, height) = (stepX * columns, stepY * rows);
        var rgba = new byte[width * height * 4];
        for (var i = 0; i < Count; i++)
            Place(i, rgba, width, i % columns * stepX + (stepX - Width) / 2, i / columns * stepY);

        return new Image($"{Count} images", Pixels.Png(rgba, height, width), width, height)
        {
            Captions =
            [
                .. captions.SelectMany((texts, i) => texts.Select((text, line) => new Caption(
                    text.Text, i % columns * stepX + stepX / 2.0, i / columns * stepY + Height + (line + 0.5) * LineHeight * pixel, text.Color))),
            ],
        };
    }

    private void Place(int image, byte[] rgba, int width, int left, int top)
    {
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var (from, to) = (((image * Height + y) * Width + x) * 3, ((top + y) * width + left + x) * 4);
                _rgb.AsSpan(from, 3).CopyTo(rgba.AsSpan(to));
                rgba[to + 3] = byte.MaxValue;
            }
        }
    }

    private static Tensor Bytes(Tensor images)
    {
        if (images.dtype == ScalarType.Byte)
            return images;
        var numbers = images.to(ScalarType.Float32);
        var (lowest, highest) = (numbers.min().ToSingle(), numbers.max().ToSingle());
        using Scalar from = lowest; // these are kept alive during the calls, because TorchSharp does not keep them alive
        using Scalar width = Math.Max(highest - lowest, float.Epsilon);
        using Scalar black = 0;
        using Scalar white = 255;
        if (lowest < 0 || highest > 1)
            numbers = numbers.sub(from).div(width);
        return numbers.mul(white).round().clamp(black, white).to(ScalarType.Byte);
    }
}
