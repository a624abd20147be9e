using static TorchSharp.torch;

namespace TorchSharp;

public static partial class torchvision
{
    public static partial class transforms
    {
        public static partial class functional
        {
            /// <summary>Another size.</summary>
            /// <param name="input">The image.</param>
            /// <param name="height">The result's height, or, with a width of -1, the length of its shorter edge.</param>
            /// <param name="width">The result's width; -1 keeps the image's shape.</param>
            /// <param name="interpolation">How values between pixels come about.</param>
            /// <param name="maxSize">With a width of -1, the most that the longer edge may become.</param>
            /// <param name="antialias">Whether a smaller image is smoothed; only for bilinear and bicubic.</param>
            public static Tensor resize(
                Tensor input, int height, int width, InterpolationMode interpolation = InterpolationMode.Nearest, int? maxSize = null,
                bool antialias = false)
            {
                var (_, h, w) = get_dimensions(input);
                long[] size = width == -1 ? Shaped(h, w, height, maxSize) : [height, width];
                if (size[0] <= 0 || size[1] <= 0)
                    throw new ArgumentException($"An image of {h}x{w} cannot be resized to {size[0]}x{size[1]}.");
                if (size[0] == h && size[1] == w)
                    return input.alias();
                antialias &= interpolation is InterpolationMode.Bilinear or InterpolationMode.Bicubic;
                return AsBatch(input, batch =>
                {
                    var result = nn.functional.interpolate(batch, size, mode: interpolation, antialias: antialias);
                    return interpolation == InterpolationMode.Bicubic && input.dtype == ScalarType.Byte ? result.clamp_(0, 255) : result;
                });
            }

            /// <summary>The part of the image at a place; what lies outside the image is 0.</summary>
            public static Tensor crop(Tensor input, int top, int left, int height, int width)
            {
                var (_, h, w) = get_dimensions(input);
                if (height < 0 || width < 0)
                    throw new ArgumentException($"A part of {height}x{width} has no size.");
                var (bottom, right) = ((long)top + height, (long)left + width);
                var (firstRow, firstColumn) = (Math.Clamp(top, 0, h), Math.Clamp(left, 0, w));
                using var scope = NewDisposeScope();
                var part = input.narrow(-2, firstRow, Math.Clamp(bottom, firstRow, h) - firstRow)
                    .narrow(-1, firstColumn, Math.Clamp(right, firstColumn, w) - firstColumn);
                if (top < 0 || left < 0 || bottom > h || right > w)
                {
                    var (above, before) = (Math.Clamp(-(long)top, 0, height), Math.Clamp(-(long)left, 0, width));
                    part = nn.functional.pad(part, [before, width - before - part.shape[^1], above, height - above - part.shape[^2]]);
                }
                return part.MoveToOuterDisposeScope();
            }

            public static Tensor crop(Tensor input, int top, int left, int size) => crop(input, top, left, size, size);

            /// <summary>The middle of the image; what lies outside the image is 0.</summary>
            public static Tensor center_crop(Tensor input, int height, int width)
            {
                var (_, h, w) = get_dimensions(input);
                return crop(input, Middle(h, height), Middle(w, width), height, width);
            }

            public static Tensor center_crop(Tensor input, int size) => center_crop(input, size, size);

            /// <summary>A part, brought to another size.</summary>
            public static Tensor resized_crop(
                Tensor input, int top, int left, int height, int width, int newHeight, int newWidth,
                InterpolationMode interpolation = InterpolationMode.Nearest)
            {
                using var part = crop(input, top, left, height, width);
                return resize(part, newHeight, newWidth, interpolation);
            }

            /// <summary>Continues the image over its edges.</summary>
            /// <param name="input">The image.</param>
            /// <param name="padding">Pixels to add: to all sides; or left and right, top and bottom; or left, top, right, bottom.</param>
            /// <param name="fill">The value of the new pixels, where they are constant.</param>
            /// <param name="padding_mode">What the new pixels are.</param>
            public static Tensor pad(
                Tensor input, long[] padding, double fill = 0, PaddingModes padding_mode = PaddingModes.Constant)
            {
                ArgumentNullException.ThrowIfNull(padding);
                long[] sides = padding switch
                {
                    [var all] => [all, all, all, all],
                    [var columns, var rows] => [columns, columns, rows, rows],
                    [var left, var top, var right, var bottom] => [left, right, top, bottom],
                    _ => throw new ArgumentException($"padding takes 1, 2 or 4 numbers, not {padding.Length}.", nameof(padding)),
                };
                return padding_mode is PaddingModes.Constant or PaddingModes.Zeros
                    ? nn.functional.pad(input, sides, padding_mode, fill)
                    : AsBatch(input, batch => nn.functional.pad(batch, sides, padding_mode));
            }

            public static Tensor pad(Tensor input, long padding, double fill = 0, PaddingModes padding_mode = PaddingModes.Constant) =>
                pad(input, [padding], fill, padding_mode);

            private static int Middle(long length, int wanted) => wanted <= length
                ? (int)Math.Round((length - wanted) / 2.0)
                : -(int)((wanted - length) / 2);

            /// <summary>Height and width of an image whose shorter edge gets a length.</summary>
            private static long[] Shaped(long h, long w, int shorter, int? most)
            {
                if (most <= shorter)
                    throw new ArgumentException($"maxSize ({most}) must be more than the size of the shorter edge ({shorter}).");
                var (least, longer) = ((long)shorter, (long)((double)shorter * Math.Max(h, w) / Math.Max(1, Math.Min(h, w))));
                if (longer > most)
                    (least, longer) = ((long)((double)most.Value * shorter / longer), most.Value);
                return w <= h ? [longer, least] : [least, longer];
            }
        }
    }

    /// <summary>Crops as TorchSharp's tensors do.</summary>
    public static Tensor crop(this Tensor image, int top, int left, int height, int width) =>
        transforms.functional.crop(image, top, left, height, width);
}
