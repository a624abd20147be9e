using static TorchSharp.torch;

namespace DeepLearning.Data.Augmenting;

/// <summary>Crops each padded image at a random position.</summary>
internal sealed class RandomCrop(int padding, int? height, int? width, byte fill) : Augmentation
{
    public override Tensor Apply(Tensor images, Random random)
    {
        var (count, channels, fromHeight, fromWidth) = ((int)images.shape[0], (int)images.shape[1], (int)images.shape[2], (int)images.shape[3]);
        var (toHeight, toWidth) = (height ?? fromHeight, width ?? fromWidth);
        var (freeRows, freeColumns) = (fromHeight + (2 * padding) - toHeight, fromWidth + (2 * padding) - toWidth);
        if (freeRows < 0 || freeColumns < 0)
        {
            throw new ArgumentException(
                $"A crop of {toHeight}x{toWidth} does not fit in images of {fromHeight}x{fromWidth} with a padding of {padding}.", nameof(images));
        }
        var cropped = empty([count, channels, toHeight, toWidth], ScalarType.Byte);
        var source = images.bytes;
        var target = cropped.bytes;
        if (padding > 0)
            target.Fill(fill);
        for (var image = 0; image < count; image++)
        {
            // the position of the crop's first pixel in the image, which is negative in the padding
            var (top, left) = (random.Next(freeRows + 1) - padding, random.Next(freeColumns + 1) - padding);
            var (firstRow, lastRow) = (Math.Max(0, -top), Math.Min(toHeight, fromHeight - top));
            var firstColumn = Math.Max(0, -left);
            var columns = Math.Min(toWidth, fromWidth - left) - firstColumn;
            for (var plane = image * channels; columns > 0 && plane < (image + 1) * channels; plane++)
            {
                for (var row = firstRow; row < lastRow; row++)
                {
                    source.Slice((((plane * fromHeight) + top + row) * fromWidth) + left + firstColumn, columns)
                        .CopyTo(target.Slice((((plane * toHeight) + row) * toWidth) + firstColumn, columns));
                }
            }
        }
        return cropped;
    }
}
