using static TorchSharp.torch;

namespace TorchSharp;

public static partial class torchvision
{
    /// <summary>
    /// What is done to images before a network sees them. Images are [C, H, W], or batches with any dimensions before these; a transform
    /// treats all images of a batch alike, a random one too.
    /// </summary>
    public static partial class transforms
    {
        /// <summary>A tensor as networks take it, of pixels as files have them: [H, W], [H, W, C] or [N, H, W, C] becomes [C, H, W] with a
        /// batch as before; bytes become Float32 from 0 to 1, other types keep their values.</summary>
        public static ITransform ToTensor() => Of(functional.to_tensor);

        /// <summary>Takes each channel's mean away and divides by its standard deviation.</summary>
        /// <param name="means">One number for each channel, or one for all.</param>
        /// <param name="stdevs">As many, none of them 0.</param>
        /// <param name="dtype">Without effect, as in TorchSharp's function: the result has the image's own type.</param>
        /// <param name="device">Without effect: the result is where the image is.</param>
        /// <param name="inplace">Whether the image itself changes.</param>
        public static ITransform Normalize(
            double[] means, double[] stdevs, ScalarType dtype = ScalarType.Float32, Device? device = null, bool inplace = false)
        {
            functional.CheckStatistics(means, stdevs);
            return Of(image => functional.normalize(image, means, stdevs, dtype, inplace));
        }

        /// <summary>Another type of numbers, and with it another scale: whole numbers fill their type's range, others go from 0 to 1.</summary>
        public static ITransform ConvertImageDtype(ScalarType dtype) => Of(image => functional.convert_image_dtype(image, dtype));

        /// <inheritdoc cref="functional.resize(Tensor, int, int, InterpolationMode, int?, bool)"/>
        public static ITransform Resize(
            int height, int width, InterpolationMode interpolation = InterpolationMode.Nearest, int? maxSize = null, bool antialias = false) =>
            Of(image => functional.resize(image, height, width, interpolation, maxSize, antialias));

        /// <summary>Another size of the same shape.</summary>
        /// <param name="size">Of the shorter edge.</param>
        /// <param name="interpolation">How values between pixels come about.</param>
        /// <param name="maxSize">The most that the longer edge may become; the shorter becomes less than its size then.</param>
        /// <param name="antialias">Whether a smaller image is smoothed; only for bilinear and bicubic.</param>
        public static ITransform Resize(
            int size, InterpolationMode interpolation = InterpolationMode.Nearest, int? maxSize = null, bool antialias = false) =>
            Resize(size, -1, interpolation, maxSize, antialias);

        /// <inheritdoc cref="functional.crop(Tensor, int, int, int, int)"/>
        public static ITransform Crop(int top, int left, int height, int width) => Of(image => functional.crop(image, top, left, height, width));

        /// <inheritdoc cref="functional.center_crop(Tensor, int, int)"/>
        public static ITransform CenterCrop(int height, int width) => Of(image => functional.center_crop(image, height, width));

        public static ITransform CenterCrop(int size) => CenterCrop(size, size);

        public static ITransform ResizedCrop(int top, int left, int height, int width, int newHeight, int newWidth) =>
            Of(image => functional.resized_crop(image, top, left, height, width, newHeight, newWidth));

        public static ITransform HorizontalFlip() => Of(functional.hflip);

        public static ITransform VerticalFlip() => Of(functional.vflip);

        /// <inheritdoc cref="functional.pad(Tensor, long[], double, PaddingModes)"/>
        public static ITransform Pad(long[] padding, PaddingModes mode = PaddingModes.Constant, double fill = 0) =>
            Of(image => functional.pad(image, padding, fill, mode));

        public static ITransform Pad(long padding, PaddingModes mode = PaddingModes.Constant, double fill = 0) => Pad([padding], mode, fill);

        /// <inheritdoc cref="functional.rgb_to_grayscale"/>
        public static ITransform Grayscale(int outputChannels = 1) => Of(image => functional.rgb_to_grayscale(image, outputChannels));

        /// <inheritdoc cref="functional.rotate"/>
        public static ITransform Rotate(
            float angle, InterpolationMode interpolation = InterpolationMode.Nearest, bool expand = false, (int, int)? center = null,
            IList<float>? fill = null) =>
            Of(image => functional.rotate(image, angle, interpolation, expand, center, fill));

        /// <inheritdoc cref="functional.adjust_brightness"/>
        public static ITransform AdjustBrightness(double brightness_factor) => Of(image => functional.adjust_brightness(image, brightness_factor));

        /// <inheritdoc cref="functional.adjust_contrast"/>
        public static ITransform AdjustContrast(double contrast_factor) => Of(image => functional.adjust_contrast(image, contrast_factor));

        /// <inheritdoc cref="functional.adjust_saturation"/>
        public static ITransform AdjustSaturation(double saturation_factor) => Of(image => functional.adjust_saturation(image, saturation_factor));

        /// <inheritdoc cref="functional.adjust_hue"/>
        public static ITransform AdjustHue(double hue_factor) => Of(image => functional.adjust_hue(image, hue_factor));

        /// <inheritdoc cref="functional.adjust_gamma"/>
        public static ITransform AdjustGamma(double gamma, double gain = 1.0) => Of(image => functional.adjust_gamma(image, gamma, gain));

        /// <inheritdoc cref="functional.adjust_sharpness"/>
        public static ITransform AdjustSharpness(double sharpness) => Of(image => functional.adjust_sharpness(image, sharpness));

        /// <inheritdoc cref="functional.invert"/>
        public static ITransform Invert() => Of(functional.invert);

        /// <inheritdoc cref="functional.erase"/>
        public static ITransform Erase(int top, int left, int height, int width, Tensor value, bool inplace = false) =>
            Of(image => functional.erase(image, top, left, height, width, value, inplace));
    }
}
