using static TorchSharp.torch;

namespace TorchSharp;

public static partial class torchvision
{
    public static partial class transforms
    {
        public static partial class functional
        {
            /// <summary>The brightness that the eye sees, of one channel, or of three that are equal.</summary>
            public static Tensor rgb_to_grayscale(Tensor input, int num_output_channels = 1)
            {
                if (num_output_channels is not (1 or 3))
                    throw new ArgumentException($"A grey image has 1 or 3 channels, not {num_output_channels}.", nameof(num_output_channels));
                using var scope = NewDisposeScope();
                var grey = Grey(input);
                if (num_output_channels == 3)
                    grey = grey.expand([.. grey.shape[..^3], 3, .. grey.shape[^2..]]);
                return (ReferenceEquals(grey, input) ? input.alias() : grey).MoveToOuterDisposeScope();
            }

            /// <param name="img">The image, grey or of three channels.</param>
            /// <param name="brightness_factor">0 gives black, 1 the image, 2 the double of its values.</param>
            public static Tensor adjust_brightness(Tensor img, double brightness_factor)
            {
                RefuseNegative(brightness_factor, nameof(brightness_factor));
                CheckChannels(img);
                using var scope = NewDisposeScope();
                return InRange(img * brightness_factor, img).MoveToOuterDisposeScope();
            }

            /// <param name="img">The image, grey or of three channels.</param>
            /// <param name="contrast_factor">0 gives one grey, 1 the image, 2 the double of its differences.</param>
            public static Tensor adjust_contrast(Tensor img, double contrast_factor)
            {
                RefuseNegative(contrast_factor, nameof(contrast_factor));
                using var scope = NewDisposeScope();
                var grey = Grey(img);
                var mean = (grey.is_floating_point() ? grey : grey.@float()).mean([-3, -2, -1], keepdim: true);
                return Blend(img, mean, contrast_factor).MoveToOuterDisposeScope();
            }

            /// <param name="img">The image, grey or of three channels.</param>
            /// <param name="saturation_factor">0 gives grey, 1 the image, 2 the double of its colours.</param>
            public static Tensor adjust_saturation(Tensor img, double saturation_factor)
            {
                RefuseNegative(saturation_factor, nameof(saturation_factor));
                using var scope = NewDisposeScope();
                return Blend(img, Grey(img), saturation_factor).MoveToOuterDisposeScope();
            }

            /// <param name="img">The image; a grey one stays as it is.</param>
            /// <param name="hue_factor">The share of the circle of hues that each colour moves on, -0.5 to 0.5.</param>
            public static Tensor adjust_hue(Tensor img, double hue_factor)
            {
                if (hue_factor is not (>= -0.5 and <= 0.5))
                    throw new ArgumentOutOfRangeException(nameof(hue_factor), hue_factor, "A hue moves by -0.5 to 0.5 of the circle.");
                if (CheckChannels(img) == 1)
                    return img.alias();
                using var scope = NewDisposeScope();
                var result = img.is_floating_point()
                    ? ShiftHue(img, hue_factor)
                    : ShiftHue(img.@float().div_(255), hue_factor).mul_(255).to(img.dtype);
                return result.MoveToOuterDisposeScope();
            }

            /// <param name="img">The image.</param>
            /// <param name="gamma">The power that the values, from 0 to 1, are raised to: above 1 makes shadows darker.</param>
            /// <param name="gain">A factor for all values.</param>
            public static Tensor adjust_gamma(Tensor img, double gamma, double gain = 1.0)
            {
                RefuseNegative(gamma, nameof(gamma));
                using var scope = NewDisposeScope();
                var values = img.is_floating_point() ? img : convert_image_dtype(img);
                return convert_image_dtype(values.pow(gamma).mul_(gain).clamp_(0, 1), img.dtype).MoveToOuterDisposeScope();
            }

            /// <param name="img">The image, grey or of three channels.</param>
            /// <param name="sharpness">0 gives a blurred image, 1 the image, 2 the double of what blurring takes.</param>
            public static Tensor adjust_sharpness(Tensor img, double sharpness)
            {
                RefuseNegative(sharpness, nameof(sharpness));
                var channels = CheckChannels(img);
                var (_, height, width) = get_dimensions(img);
                if (height <= 2 || width <= 2)
                    return img.alias();
                using var scope = NewDisposeScope();
                var inner = AsBatch(img, batch =>
                {
                    var kernel = ones([3, 3], batch.dtype, batch.device);
                    kernel[1, 1].fill_(5);
                    return nn.functional.conv2d(batch, (kernel / 13).expand(channels, 1, 3, 3), groups: channels);
                });
                var blurred = img.clone();
                blurred.narrow(-2, 1, height - 2).narrow(-1, 1, width - 2).copy_(inner);
                return Blend(img, blurred, sharpness).MoveToOuterDisposeScope();
            }

            private static Tensor Grey(Tensor image)
            {
                if (CheckChannels(image) == 1)
                    return image;
                var rgb = image.unbind(-3);
                var grey = (rgb[0] * 0.2989).add_(rgb[1] * 0.587).add_(rgb[2] * 0.114);
                return grey.to(image.dtype).unsqueeze(-3);
            }

            private static Tensor Blend(Tensor image, Tensor other, double share) =>
                InRange((image * share).add_(other * (1 - share)), image);

            private static Tensor InRange(Tensor values, Tensor image) => values.clamp_(0, Most(image)).to(image.dtype);

            private static Tensor ShiftHue(Tensor image, double turn)
            {
                var rgb = image.unbind(-3);
                var (most, least) = (image.amax([-3], false), image.amin([-3], false));
                var range = most - least;
                var divisor = range.masked_fill(range == 0, 1);
                // sixths of the circle: from red over green to blue
                var (fromRed, fromGreen, fromBlue) =
                    ((rgb[1] - rgb[2]) / divisor, ((rgb[2] - rgb[0]) / divisor).add_(2), ((rgb[0] - rgb[1]) / divisor).add_(4));
                var hue = where(most == rgb[0], fromRed, where(most == rgb[1], fromGreen, fromBlue)).add_(6 * turn);
                var channels = tensor(new[] { 5f, 3, 1 }, [3, 1, 1], image.dtype, image.device);
                var place = (hue.unsqueeze(-3) + channels).remainder(6);
                // how far a channel lies below the brightest: all of the range for two sixths, none for two, on slopes between
                var below = place.minimum(4 - place).clamp_(0, 1);
                return most.unsqueeze(-3) - (range.unsqueeze(-3) * below);
            }

            private static long CheckChannels(Tensor image)
            {
                var (channels, _, _) = get_dimensions(image);
                return image.ndim >= 3 && channels is 1 or 3
                    ? channels
                    : throw new ArgumentException($"Colours are changed in images of 1 or 3 channels, [C, H, W]; the tensor is {image}.", nameof(image));
            }

            private static void RefuseNegative(double factor, string name)
            {
                if (factor is not >= 0)
                    throw new ArgumentOutOfRangeException(name, factor, "The factor must be 0 or more.");
            }
        }
    }
}
