using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp;

public static partial class torchvision
{
    public static partial class transforms
    {
        public static partial class functional
        {
            // libtorch's numbers for the modes of grid_sampler
            private const long BilinearSamples = 0;
            private const long NearestSamples = 1;

            /// <summary>Turns the image, against the clock.</summary>
            /// <param name="img">The image.</param>
            /// <param name="angle">The angle in degrees.</param>
            /// <param name="interpolation">How values between pixels come about: nearest or bilinear.</param>
            /// <param name="expand">Whether the result is as large as the whole turned image needs; else it is as large as the image.</param>
            /// <param name="center">The point that stays, as pixels from the left and the top; the middle unless told.</param>
            /// <param name="fill">The value of pixels that lie outside the image: one for each channel or one for all; 0 unless told.</param>
            public static Tensor rotate(
                Tensor img, float angle, InterpolationMode interpolation = InterpolationMode.Nearest, bool expand = false,
                (int, int)? center = null, IList<float>? fill = null)
            {
                var (_, height, width) = get_dimensions(img);
                var (x, y) = center is var (left, top) ? (left - (width * 0.5), top - (height * 0.5)) : (0, 0);
                var back = Inverse((x, y), -angle, (0, 0), 1, (0, 0));
                var (newHeight, newWidth) = expand ? Extent(back, height, width) : (height, width);
                return Sampled(img, back, newHeight, newWidth, interpolation, fill);
            }

            /// <summary>Turns (with the clock), shifts, scales and shears the image about its middle.</summary>
            /// <param name="img">The image.</param>
            /// <param name="shear">Angles of shearing along x and y, in degrees.</param>
            /// <param name="angle">The angle of turning, in degrees.</param>
            /// <param name="translate">Pixels to the right and down.</param>
            /// <param name="scale">The factor of the size.</param>
            /// <param name="interpolation">How values between pixels come about: nearest or bilinear.</param>
            /// <param name="fill">The value of pixels that lie outside the image; 0 unless told.</param>
            public static Tensor affine(
                Tensor img, IList<float>? shear = null, float angle = 0.0f, IList<int>? translate = null, float scale = 1.0f,
                InterpolationMode interpolation = InterpolationMode.Nearest, float? fill = null)
            {
                var (_, height, width) = get_dimensions(img);
                var sheared = shear switch { null => (0, 0), [var one] => (one, 0), _ => ((double)shear[0], (double)shear[1]) };
                var shift = translate is null ? (0, 0) : (translate[0], translate[1]);
                var back = Inverse((0, 0), angle, shift, scale, sheared);
                return Sampled(img, back, height, width, interpolation, fill is { } value ? [value] : null);
            }

            /// <summary>Where each pixel of the result comes from: a matrix of two rows and three columns, about the image's middle.</summary>
            private static double[] Inverse(
                (double X, double Y) center, double angle, (double X, double Y) shift, double scale, (double X, double Y) shear)
            {
                var (turn, shearX, shearY) = (double.DegreesToRadians(angle), double.DegreesToRadians(shear.X), double.DegreesToRadians(shear.Y));
                // forward: turning and shearing [a b; c d], whose determinant is 1
                var a = Math.Cos(turn - shearY) / Math.Cos(shearY);
                var c = Math.Sin(turn - shearY) / Math.Cos(shearY);
                var b = (-a * Math.Tan(shearX)) - Math.Sin(turn);
                var d = (-c * Math.Tan(shearX)) + Math.Cos(turn);
                var (x, y) = (center.X + shift.X, center.Y + shift.Y);
                return
                [
                    d / scale, -b / scale, center.X - ((d * x) - (b * y)) / scale,
                    -c / scale, a / scale, center.Y - ((a * y) - (c * x)) / scale,
                ];
            }

            /// <summary>The height and width that hold the whole turned image.</summary>
            private static (long Height, long Width) Extent(double[] back, long height, long width)
            {
                return (Length(back[3], back[4], back[5], height), Length(back[0], back[1], back[2], width));

                long Length(double x, double y, double shift, long whole)
                {
                    var reach = (Math.Abs(x) * width * 0.5) + (Math.Abs(y) * height * 0.5);
                    var (middle, precision) = (shift + (whole * 0.5), 1e-4);
                    return (long)(Math.Ceiling(Math.Truncate((middle + reach) / precision) * precision)
                        - Math.Floor(Math.Truncate((middle - reach) / precision) * precision));
                }
            }

            private static Tensor Sampled(
                Tensor img, double[] back, long height, long width, InterpolationMode interpolation, IList<float>? fill)
            {
                if (interpolation is not (InterpolationMode.Nearest or InterpolationMode.Bilinear))
                    throw new ArgumentException($"Images are turned with nearest or bilinear interpolation, not {interpolation}.", nameof(interpolation));
                var mode = interpolation == InterpolationMode.Nearest ? NearestSamples : BilinearSamples;
                return AsBatch(img, batch =>
                {
                    var (count, channels) = (batch.shape[0], batch.shape[1]);
                    var grid = Grid(back, batch, height, width).expand(count, height, width, 2);
                    if (fill is null)
                        return Aten.Call("grid_sampler", batch, grid, mode, 0L, false);
                    // a channel of ones, sampled with the others, tells how much of a pixel lies inside
                    var inside = ones([count, 1, batch.shape[2], batch.shape[3]], batch.dtype, batch.device);
                    var parts = Aten.Call("grid_sampler", cat([batch, inside], 1), grid, mode, 0L, false).split([channels, 1], 1);
                    var colour = tensor(fill, [1, fill.Count, 1, 1], batch.dtype, batch.device);
                    return mode == NearestSamples
                        ? where(parts[1] < 0.5, colour, parts[0])
                        : (parts[0] * parts[1]) + ((1 - parts[1]) * colour);
                });
            }

            /// <summary>For each pixel of the result, its place in the image, from -1 to 1.</summary>
            private static Tensor Grid(double[] back, Tensor image, long height, long width)
            {
                var theta = tensor(back, [2, 3], image.dtype, image.device);
                var half = tensor(new[] { image.shape[3] * 0.5, image.shape[2] * 0.5 }, image.dtype, image.device);
                var x = Steps(width).expand(height, width);
                var y = Steps(height).unsqueeze(1).expand(height, width);
                var places = stack([x, y, ones_like(x)], 2).reshape(height * width, 3);
                return places.mm(theta.t() / half).reshape(1, height, width, 2);

                Tensor Steps(long length) => linspace((1 - length) * 0.5, (length - 1) * 0.5, length, image.dtype, image.device);
            }
        }
    }
}
