using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp;

public static partial class torchvision
{
    public static partial class transforms
    {
        /// <summary>The transforms as functions of images [C, H, W], or with any dimensions before these.</summary>
        public static partial class functional
        {
            public static (long channels, long height, long width) get_dimensions(Tensor img)
            {
                ArgumentNullException.ThrowIfNull(img);
                var shape = img.shape;
                return shape.Length < 2
                    ? throw new ArgumentException($"An image has a height and a width; the tensor is {img}.", nameof(img))
                    : (shape.Length == 2 ? 1 : shape[^3], shape[^2], shape[^1]);
            }

            /// <inheritdoc cref="ToTensor"/>
            /// <exception cref="ArgumentException">The tensor is no image of 2 to 4 dimensions, or its channels come first already.</exception>
            public static Tensor to_tensor(Tensor pic)
            {
                ArgumentNullException.ThrowIfNull(pic);
                var shape = pic.shape;
                if (shape.Length is < 2 or > 4)
                    throw new ArgumentException($"ToTensor takes [H, W], [H, W, C] or [N, H, W, C]; the tensor is {pic}.", nameof(pic));
                if (shape.Length > 2 && shape[^3] is 1 or 3 && shape[^1] > 4)
                    throw new ArgumentException($"ToTensor takes channels last, and {pic} has them first: use ConvertImageDtype.", nameof(pic));
                using var scope = NewDisposeScope();
                var image = (shape.Length == 2 ? pic.unsqueeze(0) : pic.movedim(-1, -3)).contiguous();
                if (image.dtype == ScalarType.Byte)
                    image = image.@float().div_(255);
                return (ReferenceEquals(image, pic) ? pic.alias() : image).MoveToOuterDisposeScope();
            }

            /// <inheritdoc cref="Normalize"/>
            /// <exception cref="ArgumentException">The image is of whole numbers, or of other channels.</exception>
            public static Tensor normalize(
                Tensor input, double[] means, double[] stdevs, ScalarType dtype = ScalarType.Float32, bool inplace = false)
            {
                CheckStatistics(means, stdevs);
                var (channels, _, _) = get_dimensions(input);
                if (!input.is_floating_point())
                    throw new ArgumentException($"Normalize takes floating-point images, and this is {input}: put ToTensor before it.", nameof(input));
                if (means.Length != 1 && (means.Length != channels || input.ndim < 3))
                    throw new ArgumentException($"There are {means.Length} means for the channels of an image {input}.", nameof(means));
                if (means.Length == 1)
                    return (inplace ? input.sub_(means[0]) : input.sub(means[0])).div_(stdevs[0]);
                using var scope = NewDisposeScope();
                var mean = tensor(means, [channels, 1, 1], input.dtype, input.device);
                var std = tensor(stdevs, [channels, 1, 1], input.dtype, input.device);
                return (inplace ? input.sub_(mean) : input.sub(mean)).div_(std).MoveToOuterDisposeScope();
            }

            /// <inheritdoc cref="ConvertImageDtype"/>
            /// <exception cref="ArgumentException">The target's numbers are finer than the image's can be.</exception>
            public static Tensor convert_image_dtype(Tensor image, ScalarType dtype = ScalarType.Float32)
            {
                ArgumentNullException.ThrowIfNull(image);
                if (image.dtype == dtype)
                    return image.alias();
                using var scope = NewDisposeScope();
                return Converted(image, dtype).MoveToOuterDisposeScope();
            }

            /// <summary>255 less the value for bytes, 1 less the value for floating-point numbers.</summary>
            public static Tensor invert(Tensor input) => Aten.Call("rsub.Scalar", input, Most(input));

            public static Tensor hflip(Tensor input) => input.flip(-1);

            public static Tensor vflip(Tensor input) => input.flip(-2);

            /// <summary>Overwrites a part of the image.</summary>
            /// <param name="img">The image.</param>
            /// <param name="top">Where the part starts.</param>
            /// <param name="left">Where the part starts.</param>
            /// <param name="height">The part's height.</param>
            /// <param name="width">The part's width.</param>
            /// <param name="value">What is written: the part, or what spreads to it.</param>
            /// <param name="inplace">Whether the image itself changes.</param>
            public static Tensor erase(Tensor img, int top, int left, int height, int width, Tensor value, bool inplace = false)
            {
                using var scope = NewDisposeScope();
                var result = inplace ? img.alias() : img.clone();
                result.narrow(-2, top, height).narrow(-1, left, width).copy_(value);
                return result.MoveToOuterDisposeScope();
            }

            internal static void CheckStatistics(double[] means, double[] stdevs)
            {
                ArgumentNullException.ThrowIfNull(means);
                ArgumentNullException.ThrowIfNull(stdevs);
                if (means.Length == 0 || means.Length != stdevs.Length)
                    throw new ArgumentException($"There are {means.Length} means and {stdevs.Length} standard deviations: give one of each a channel.");
                if (stdevs.Contains(0))
                    throw new ArgumentException("A standard deviation of 0 cannot be divided by.", nameof(stdevs));
            }

            private static Tensor Converted(Tensor image, ScalarType dtype)
            {
                var (from, to) = (image.dtype, dtype);
                if (is_floating_point(from) && is_floating_point(to))
                    return image.to(to);
                if (is_floating_point(from))
                {
                    if (to == ScalarType.Int64 || (to == ScalarType.Int32 && from != ScalarType.Float64))
                        throw new ArgumentException($"{from} has too few digits for {to}: convert to a smaller type.", nameof(dtype));
                    // nearly one more than the most, so that every whole number gets an equal share of the range
                    return image.mul(Most(to) + 1.0 - 1e-3).to(to);
                }
                if (is_floating_point(to))
                    return image.to(to).div_((double)Most(from));
                var steps = (Most(from) + 1.0) / (Most(to) + 1.0);
                return steps > 1
                    ? Aten.Call("div.Scalar_mode", image, (long)steps, "floor").to(to)
                    : image.to(to).mul_((long)(1 / steps));
            }

            /// <summary>White, as a number of the image's type.</summary>
            private static long Most(Tensor image) => is_floating_point(image.dtype) ? 1 : 255;

            private static long Most(ScalarType type) => type switch
            {
                ScalarType.Byte => byte.MaxValue,
                ScalarType.Int8 => sbyte.MaxValue,
                ScalarType.Int16 => short.MaxValue,
                ScalarType.Int32 => int.MaxValue,
                ScalarType.Int64 => long.MaxValue,
                _ => 1,
            };

            /// <summary>Runs an operator that wants [N, C, H, W] of floating-point numbers on images of any type and any dimensions before these.</summary>
            private static Tensor AsBatch(Tensor image, Func<Tensor, Tensor> op)
            {
                var (channels, height, width) = get_dimensions(image);
                var before = image.shape[..^2];
                using var scope = NewDisposeScope();
                long images = 1;
                foreach (var size in before.SkipLast(1))
                    images *= size;
                var batch = image.reshape(images, channels, height, width);
                var isExact = image.dtype is ScalarType.Float32 or ScalarType.Float64;
                var result = op(isExact ? batch : batch.@float());
                if (!isExact)
                    result = (image.is_floating_point() ? result : result.round()).to(image.dtype);
                return result.reshape([.. before, .. result.shape[^2..]]).MoveToOuterDisposeScope();
            }
        }
    }
}
