using TorchSharp.Files;
using TorchSharp.Vision;
using static TorchSharp.torch;
using static TorchSharp.torchvision;

namespace TorchSharp;

/// <summary>Extends <c>torchvision.utils</c> with <c>save_image</c> as PyTorch has it, where the format need not be named.</summary>
public static class ImageSaving
{
    extension(torchvision.utils)
    {
        /// <summary>
        /// Saves an image, or a grid of images, as a file. The file's extension names the format: .png, .jpg, .jpeg or .webp. An existing file is
        /// replaced when all bytes are written. See <see href="https://pytorch.org/vision/stable/generated/torchvision.utils.save_image.html">save_image</see>.
        /// </summary>
        /// <param name="tensor">Values from 0 to 1: [N, C, H, W], [C, H, W] or [H, W].</param>
        /// <param name="filename">The path of the file.</param>
        /// <param name="nrow">The number of images in a row of the grid.</param>
        /// <param name="padding">The number of pixels between images.</param>
        /// <param name="normalize">Whether the values are scaled to 0 to 1 first.</param>
        /// <param name="value_range">The values that become 0 and 1; the tensor's minimum and maximum by default.</param>
        /// <param name="scale_each">Whether each image is scaled by its own minimum and maximum.</param>
        /// <param name="pad_value">The value of the pixels between images.</param>
        /// <exception cref="NotSupportedException">The extension names no format that can be written.</exception>
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
                var other => throw new NotSupportedException($"{filename}: no image format has the extension '{other}': use .png, .jpg or .webp."),
            };
            AtomicFile.Write(
                filename, file => Write(tensor, file, format, nrow, padding, normalize, value_range, scale_each, pad_value));
        }

        /// <summary>Writes an image, or a grid of images, to a stream as a PNG file. The stream stays open.</summary>
        /// <param name="tensor">Values from 0 to 1: [N, C, H, W], [C, H, W] or [H, W].</param>
        /// <param name="stream">The stream that the file is written to.</param>
        /// <param name="nrow">The number of images in a row of the grid.</param>
        /// <param name="padding">The number of pixels between images.</param>
        /// <param name="normalize">Whether the values are scaled to 0 to 1 first.</param>
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
