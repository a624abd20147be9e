using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>Applies TorchVision's transforms, which take batches, to single images too.</summary>
public static class ImageTransformExtensions
{
    /// <summary>
    /// Applies a transform to one image or to a batch: <c>torchvision.transforms.Normalize([0.5], [0.5]).Transformed(train[0].Image)</c>. TorchVision's
    /// Normalize, Pad and others expect [N, C, H, W] and fail on, or misread, [C, H, W].
    /// </summary>
    /// <param name="transform">The transform.</param>
    /// <param name="image">An image [C, H, W] or a batch [N, C, H, W]; it stays the caller's.</param>
    /// <returns>A new tensor with as many dimensions; never the tensor that was given, though it may share its memory.</returns>
    /// <exception cref="ArgumentException">The tensor has another number of dimensions.</exception>
    public static Tensor Transformed(this torchvision.ITransform transform, Tensor image)
    {
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentNullException.ThrowIfNull(image);
        if (image.ndim is not (3 or 4))
            throw new ArgumentException($"An image is [C, H, W] and a batch [N, C, H, W]; the tensor is [{string.Join(", ", image.shape)}].", nameof(image));
        using var batch = image.ndim == 3 ? image.unsqueeze(0) : image.alias();
        var transformed = transform.call(batch);
        var result = image.ndim == 3 ? transformed.squeeze(0) : transformed.alias();
        // a transform such as Randomize may return its input, which is disposed of once
        if (!ReferenceEquals(transformed, batch))
            transformed.Dispose();
        return result;
    }
}
