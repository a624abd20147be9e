using static TorchSharp.torch;

namespace TorchSharp;

public static partial class torchvision
{
    /// <summary>Images side by side.</summary>
    public static class utils
    {
        /// <inheritdoc cref="make_grid(Tensor, long, int, bool, ValueTuple{double, double}?, bool, double)"/>
        public static Tensor make_grid(
            IEnumerable<Tensor> tensors, long nrow = 8, int padding = 2, bool normalize = false, (double low, double high)? value_range = null,
            bool scale_each = false, double pad_value = 0.0f)
        {
            using var batch = stack(tensors);
            return make_grid(batch, nrow, padding, normalize, value_range, scale_each, pad_value);
        }

        /// <summary>Puts images into one, of three channels.</summary>
        /// <param name="tensor">[N, C, H, W], or one image: [C, H, W] or [H, W], which comes back without an edge.</param>
        /// <param name="nrow">Images a row.</param>
        /// <param name="padding">Pixels between images and around them.</param>
        /// <param name="normalize">Whether the values are brought to 0 to 1.</param>
        /// <param name="value_range">What becomes 0 and 1; the least and the largest value unless told.</param>
        /// <param name="scale_each">Whether each image has a least and a largest value of its own.</param>
        /// <param name="pad_value">The value between images.</param>
        public static Tensor make_grid(
            Tensor tensor, long nrow = 8, int padding = 2, bool normalize = false, (double low, double high)? value_range = null,
            bool scale_each = false, double pad_value = 0.0f)
        {
            ArgumentNullException.ThrowIfNull(tensor);
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(nrow);
            ArgumentOutOfRangeException.ThrowIfNegative(padding);
            using var untracked = no_grad();
            using var scope = NewDisposeScope();
            var images = tensor.ndim switch
            {
                2 => tensor.unsqueeze(0).unsqueeze(0),
                3 => tensor.unsqueeze(0),
                4 => tensor,
                _ => throw new ArgumentException($"A grid is made of [N, C, H, W], [C, H, W] or [H, W]; the tensor is {tensor}.", nameof(tensor)),
            };
            if (images.numel() == 0)
                throw new ArgumentException($"A grid is made of at least one image with at least one pixel; the tensor is {tensor}.", nameof(tensor));
            if (images.shape[1] == 1)
                images = images.expand(-1, 3, -1, -1);
            if (normalize)
                images = Normalized(images, value_range, scale_each);
            var grid = images.shape[0] == 1 ? images.squeeze(0).contiguous() : Arranged(images, nrow, padding, pad_value);
            return (ReferenceEquals(grid, tensor) ? tensor.alias() : grid).MoveToOuterDisposeScope();
        }

        /// <summary>
        /// Saves an image, or a grid of images as <c>make_grid</c> makes it, whose values go from 0 to 1. A file is replaced at once when all
        /// is written; a stream is left open.
        /// </summary>
        public static void save_image(
            Tensor tensor, string filename, ImageFormat format = ImageFormat.Png, long nrow = 8, int padding = 2, bool normalize = false,
            (double low, double high)? value_range = null, bool scale_each = false, double pad_value = 0.0f, io.Imager? imager = null)
        {
            using var pixels = Pixels(tensor, nrow, padding, normalize, value_range, scale_each, pad_value);
            io.write_image(pixels, filename, format, imager);
        }

        /// <inheritdoc cref="save_image(Tensor, string, ImageFormat, long, int, bool, ValueTuple{double, double}?, bool, double, io.Imager)"/>
        public static void save_image(
            Tensor tensor, Stream filestream, ImageFormat format = ImageFormat.Png, long nrow = 8, int padding = 2, bool normalize = false,
            (double low, double high)? value_range = null, bool scale_each = false, double pad_value = 0.0f, io.Imager? imager = null)
        {
            using var pixels = Pixels(tensor, nrow, padding, normalize, value_range, scale_each, pad_value);
            io.write_image(pixels, filestream, format, imager);
        }

        private static Tensor Pixels(
            Tensor tensor, long nrow, int padding, bool normalize, (double, double)? range, bool scaleEach, double padValue)
        {
            using var untracked = no_grad();
            using var scope = NewDisposeScope();
            var grid = make_grid(tensor, nrow, padding, normalize, range, scaleEach, padValue);
            return grid.mul(255).add_(0.5).clamp_(0, 255).to(ScalarType.Byte, CPU).MoveToOuterDisposeScope();
        }

        private static Tensor Normalized(Tensor images, (double Low, double High)? range, bool scaleEach)
        {
            if (!images.is_floating_point())
                throw new ArgumentException($"normalize takes floating-point images, and these are {images}: convert them with ConvertImageDtype.");
            if (range is var (from, to))
                return images.clamp(from, to).sub_(from).div_(Math.Max(to - from, 1e-5));
            long[] dims = scaleEach ? [1, 2, 3] : [0, 1, 2, 3];
            var (low, high) = (images.amin(dims, keepdim: true), images.amax(dims, keepdim: true));
            return images.sub(low).div_((high - low).clamp_(min: 1e-5));
        }

        private static Tensor Arranged(Tensor images, long nrow, int padding, double padValue)
        {
            var (count, channels) = (images.shape[0], images.shape[1]);
            var columns = Math.Min(nrow, count);
            var rows = (count + columns - 1) / columns;
            // each image with its edge at the left and the top, then empty ones to fill the last row
            var cells = nn.functional.pad(images, [padding, 0, padding, 0, 0, 0, 0, (rows * columns) - count], value: padValue);
            var (height, width) = (cells.shape[2], cells.shape[3]);
            var grid = cells.reshape(rows, columns, channels, height, width).permute(2, 0, 3, 1, 4)
                .reshape(channels, rows * height, columns * width);
            return nn.functional.pad(grid, [0, padding, 0, padding], value: padValue);
        }
    }
}
