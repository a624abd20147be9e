using TorchSharp.Files;
using TorchSharp.Vision;
using static TorchSharp.torch;
using static TorchSharp.torchvision;

namespace TorchSharp;

/// <summary>Extends <c>torchvision.utils</c> with PyTorch's <c>save_image</c>, which infers the format from the extension.</summary>
public static class ImageSaving
{
    extension(torchvision.utils)
    {
        /// <summary>
        /// Saves an image or a grid of images to a file. The extension of the file determines the format: .png, .jpg, .jpeg or .webp. An existing
        /// file is replaced after all bytes are written. See
        /// <see href="https://pytorch.org/vision/stable/generated/torchvision.utils.save_image.html">save_image</see>.
        /// </summary>
        /// <param name="tensor">The image or images, [N, C, H, W], [C, H, W] or [H, W], with values from 0 to 1.</param>
        /// <param name="filename">The path of the file.</param>
        /// <param name="nrow">The number of images per row.</param>
        /// <param name="padding">The number of pixels between images.</param>
        /// <param name="normalize">Whether the values are first scaled to the range from 0 to 1.</param>
        /// <param name="value_range">The values that become 0 and 1; the tensor's minimum and maximum by default.</param>
        /// <param name="scale_each">Whether each image is scaled by its own minimum and maximum.</param>
        /// <param name="pad_value">The value of the pixels between images.</param>
        /// <exception cref="NotSupportedException">The extension is not that of a supported format.</exception>
        /// <exception cref="ArgumentException">The path is empty, or the tensor has another shape.</exception>
        public static void save_image(
            Tensor tensor, string filename, long nrow = 8, int padding = 2, bool normalize = false, (double low, double high)? value_range = null,
            bool scale_each = false, double pad_value = 0)
        {
            ArgumentException.ThrowIfNullOrEmpty(filename);
            var format = Path.GetExtension(filename).ToUpperInvariant() switch
            {
                ".PNG" => ImageFormat.Png,
                ".JPG" or ".JPEG" => ImageFormat.Jpeg,
                ".WEBP" => ImageFormat.Webp,
                var other => throw new NotSupportedException($"{filename}: the extension '{other}' is not supported: use .png, .jpg or .webp."),
            };
            AtomicFile.Write(
                filename, file => Write(tensor, file, format, nrow, padding, normalize, value_range, scale_each, pad_value));
        }

        /// <summary>Writes an image or a grid of images to a stream in PNG format. The stream is left open.</summary>
        /// <param name="tensor">The image or images, [N, C, H, W], [C, H, W] or [H, W], with values from 0 to 1.</param>
        /// <param name="stream">The output stream.</param>
        /// <param name="nrow">The number of images per row.</param>
        /// <param name="padding">The number of pixels between images.</param>
        /// <param name="normalize">Whether the values are first scaled to the range from 0 to 1.</param>
        /// <param name="value_range">The values that become 0 and 1; the tensor's minimum and maximum by default.</param>
        /// <param name="scale_each">Whether each image is scaled by its own minimum and maximum.</param>
        /// <param name="pad_value">The value of the pixels between images.</param>
        public static void save_image(
            Tensor tensor, Stream stream, long nrow = 8, int padding = 2, bool normalize = false, (double low, double high)? value_range = null,
            bool scale_each = false, double pad_value = 0) =>
            Write(tensor, stream, ImageFormat.Png, nrow, padding, normalize, value_range, scale_each, pad_value);
    }

    private static void Write(
        Tensor tensor, Stream stream, ImageFormat format, long nrow, int padding, bool normalize, (double, double)? range, bool scaleEach,
        double padValue)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        var grid = ImageGrid.Make(tensor, nrow, padding, normalize, range, scaleEach, padValue);
        using Scalar white = 255; // these are kept alive during the calls, because TorchSharp does not keep them alive
        using Scalar half = 0.5;
        using Scalar black = 0;
        using Scalar one = 1;
        var pixels = grid.mul(white).add_(half, one).clamp_(black, white).to(ScalarType.Byte);
        io.DefaultImager.EncodeImage(pixels, format, stream);
    }
}
