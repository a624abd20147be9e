using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>Applies TorchVision's transforms, which expect batches, to single images or batches.</summary>
public static class ImageTransformExtensions
{
    /// <summary>
    /// Applies a transform to an image or to a batch: <c>torchvision.transforms.Normalize([0.5], [0.5]).Transformed(train[0].Image)</c>.
    /// TorchVision's Normalize, Pad and others expect [N, C, H, W]; they fail on [C, H, W] or interpret it wrongly.
    /// </summary>
    /// <param name="transform">The transform.</param>
    /// <param name="image">An image [C, H, W] or a batch [N, C, H, W]; the caller keeps ownership.</param>
    /// <returns>A new tensor with the same number of dimensions. It may share memory with the input.</returns>
    /// <exception cref="ArgumentException">The tensor has neither three nor four dimensions.</exception>
    public static Tensor Transformed(this torchvision.ITransform transform, Tensor image)
    {
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentNullException.ThrowIfNull(image);
        if (image.ndim is not (3 or 4))
            throw new ArgumentException($"The tensor must be an image [C, H, W] or a batch [N, C, H, W], but it is [{string.Join(", ", image.shape)}].", nameof(image));
        using var batch = image.ndim == 3 ? image.unsqueeze(0) : image.alias();
        var transformed = transform.call(batch);
        var result = image.ndim == 3 ? transformed.squeeze(0) : transformed.alias();
        // a transform such as Randomize may return its input, which must be disposed of only once
        if (!ReferenceEquals(transformed, batch))
            transformed.Dispose();
        return result;
    }
}
