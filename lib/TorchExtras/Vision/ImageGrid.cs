using static TorchSharp.torch;

namespace TorchSharp.Vision;

/// <summary>
/// Arranges images in a grid. TorchVision 0.107's <c>torchvision.utils.make_grid</c> throws if the last row of the grid is not full, and has no
/// padding at the top; the result of this class equals PyTorch's.
/// </summary>
public static class ImageGrid
{
    /// <summary>
    /// Arranges images in a grid, as one image with three channels. See
    /// <see href="https://pytorch.org/vision/stable/generated/torchvision.utils.make_grid.html">make_grid</see>.
    /// </summary>
    /// <param name="images">
    /// The images, [N, C, H, W] with one or three channels, or one image, [C, H, W] or [H, W], which is returned without padding.
    /// </param>
    /// <param name="nrow">The number of images per row.</param>
    /// <param name="padding">The number of pixels between images and around them.</param>
    /// <param name="normalize">Whether the values are scaled to the range from 0 to 1.</param>
    /// <param name="valueRange">The values that become 0 and 1; the minimum and the maximum of all images by default.</param>
    /// <param name="scaleEach">Whether each image is scaled by its own minimum and maximum.</param>
    /// <param name="padValue">The value of the pixels between images.</param>
    /// <returns>A new tensor [3, height, width] of the images' type, on their device, without gradients.</returns>
    /// <exception cref="ArgumentException">
    /// The tensor has no pixels or other dimensions, or is an integer tensor and <paramref name="normalize"/> is true.
    /// </exception>
    public static Tensor Make(
        Tensor images, long nrow = 8, int padding = 2, bool normalize = false, (double Low, double High)? valueRange = null, bool scaleEach = false,
        double padValue = 0)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(nrow);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        var four = images.ndim switch
        {
            2 => images.unsqueeze(0).unsqueeze(0),
            3 => images.unsqueeze(0),
            4 => images,
            _ => throw new ArgumentException($"The images of a grid must be [N, C, H, W], [C, H, W] or [H, W], but the tensor is {Shape(images)}.", nameof(images)),
        };
        if (four.numel() == 0)
            throw new ArgumentException($"A grid needs at least one image with one pixel, but the tensor is {Shape(images)}.", nameof(images));
        if (four.shape[1] == 1)
            four = four.expand(-1, 3, -1, -1);
        if (normalize)
            four = Normalized(four, valueRange, scaleEach);
        var grid = four.shape[0] == 1 ? four.squeeze(0).clone() : Arranged(four, nrow, padding, padValue);
        return grid.MoveToOuterDisposeScope();
    }

    private static Tensor Normalized(Tensor images, (double Low, double High)? range, bool scaleEach)
    {
        if (!images.is_floating_point())
            throw new ArgumentException($"Only floating-point images can be normalized, not {images.dtype}: convert them with ConvertImageDtype.", nameof(images));
        if (range is var (from, to))
        {
            using Scalar first = from; // these are kept alive during the calls, because TorchSharp does not keep them alive
            using Scalar last = to;
            using Scalar width = Math.Max(to - from, 1e-5);
            return images.clamp(first, last).sub_(first).div_(width);
        }
        long[] dims = scaleEach ? [1, 2, 3] : [0, 1, 2, 3];
        var (low, high) = (images.amin(dims, keepdim: true), images.amax(dims, keepdim: true));
        using Scalar least = 1e-5;
        return images.sub(low).div_((high - low).clamp_(min: least));
    }

    private static Tensor Arranged(Tensor images, long nrow, int padding, double padValue)
    {
        var (count, channels) = (images.shape[0], images.shape[1]);
        var columns = Math.Min(nrow, count);
        var rows = (count + columns - 1) / columns;
        // each image gets padding at its left and its top, then empty images fill the last row
        var cells = nn.functional.pad(images, [padding, 0, padding, 0, 0, 0, 0, (rows * columns) - count], value: padValue);
        var (height, width) = (cells.shape[2], cells.shape[3]);
        var grid = cells.reshape(rows, columns, channels, height, width).permute(2, 0, 3, 1, 4)
            .reshape(channels, rows * height, columns * width);
        return nn.functional.pad(grid, [0, padding, 0, padding], value: padValue);
    }

    private static string Shape(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";
}
