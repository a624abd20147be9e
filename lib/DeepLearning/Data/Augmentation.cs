using DeepLearning.Data.Augmenting;
using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>
/// A random transform of training images that keeps their class. A <see cref="BatchLoader"/> applies it to a batch of pixels at once:
/// <c>new BatchLoader(train, 100, shuffle: true, augment: [Augmentation.RandomCrop(padding: 4), Augmentation.RandomHorizontalFlip()])</c>.
/// </summary>
/// <remarks>
/// Images are bytes before scaling and normalization, as torchvision's transforms before ToTensor. Each image of a batch is transformed
/// independently. All random numbers of an epoch derive from one number that the loader draws from the default random generator: the same seed gives
/// the same images with any number of workers, and an interrupted epoch continues with the same images.
/// </remarks>
public abstract class Augmentation
{
    /// <summary>Transforms a batch of images.</summary>
    /// <param name="images">Byte [N, C, H, W], contiguous, on the CPU. The method may change it in place.</param>
    /// <param name="random">The random number generator; the loader creates one for each batch.</param>
    /// <returns>
    /// Byte [N, C, H', W']: <paramref name="images"/> or a new tensor. If it is a new tensor, the loader disposes of <paramref name="images"/>.
    /// </returns>
    public abstract Tensor Apply(Tensor images, Random random);

    /// <summary>Crops each image at a random position, after padding it.</summary>
    /// <param name="padding">The number of pixels of the padding on each side.</param>
    /// <param name="height">The number of rows of the crop; the number of rows of the image by default.</param>
    /// <param name="width">The number of columns of the crop; the number of columns of the image by default.</param>
    /// <param name="fill">The value of the padding, 0 to 255; black by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The padding is negative, or a size is not positive.</exception>
    public static Augmentation RandomCrop(int padding = 0, int? height = null, int? width = null, byte fill = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height ?? 1, nameof(height));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width ?? 1, nameof(width));
        return new RandomCrop(padding, height, width, fill);
    }

    /// <summary>Flips images horizontally at random.</summary>
    /// <param name="p">The probability that an image is flipped.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
    public static Augmentation RandomHorizontalFlip(double p = 0.5) => new RandomFlip(Probability(p), isHorizontal: true);

    /// <summary>Flips images vertically at random.</summary>
    /// <param name="p">The probability that an image is flipped.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
    public static Augmentation RandomVerticalFlip(double p = 0.5) => new RandomFlip(Probability(p), isHorizontal: false);

    /// <summary>Rotates each image about its center by a random angle.</summary>
    /// <param name="degrees">The maximum angle in both directions, in degrees.</param>
    /// <param name="fill">The value of pixels outside of the original image, 0 to 255; black by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The angle is negative.</exception>
    public static Augmentation RandomRotation(double degrees, byte fill = 0) => RandomAffine(degrees, fill: fill);

    /// <summary>Applies a random rotation, translation, scale and shear about the center of each image, with bilinear interpolation.</summary>
    /// <param name="degrees">The maximum rotation angle in both directions, in degrees; 0 for none.</param>
    /// <param name="translate">The maximum translation in x and y in both directions, as a fraction of width and height; 0 by default.</param>
    /// <param name="scale">The minimum and maximum scale; 1 by default.</param>
    /// <param name="shear">The maximum shear angle along x in both directions, in degrees; 0 by default.</param>
    /// <param name="fill">The value of pixels outside of the original image, 0 to 255; black by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An angle or a fraction is negative, a fraction is above 1, or a scale is not positive.
    /// </exception>
    /// <remarks>
    /// See <see href="https://pytorch.org/vision/stable/generated/torchvision.transforms.RandomAffine.html">RandomAffine</see>, with bilinear
    /// interpolation.
    /// </remarks>
    public static Augmentation RandomAffine(
        double degrees = 0, (double X, double Y) translate = default, (double Min, double Max)? scale = null, double shear = 0, byte fill = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(degrees);
        ArgumentOutOfRangeException.ThrowIfNegative(shear);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(shear, 90);
        Probability(translate.X, nameof(translate));
        Probability(translate.Y, nameof(translate));
        var (min, max) = scale ?? (1, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(min, nameof(scale));
        ArgumentOutOfRangeException.ThrowIfLessThan(max, min, nameof(scale));
        return new RandomAffine(degrees, translate, (min, max), shear, fill);
    }

    /// <summary>Erases a random rectangle of images at random. See <see href="https://arxiv.org/abs/1708.04896">Zhong et al., 2017</see>.</summary>
    /// <param name="p">The probability that a rectangle of an image is erased.</param>
    /// <param name="area">The minimum and maximum area of the rectangle, as a fraction of the image's area; 0.02 to 0.33 by default.</param>
    /// <param name="ratio">The minimum and maximum ratio of the rectangle's height to its width; 0.3 to 3.3 by default.</param>
    /// <param name="fill">The value of the pixels of the rectangle, 0 to 255; black by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static Augmentation RandomErasing(
        double p = 0.5, (double Min, double Max)? area = null, (double Min, double Max)? ratio = null, byte fill = 0)
    {
        var (areas, ratios) = (area ?? (0.02, 0.33), ratio ?? (0.3, 3.3));
        Probability(areas.Min, nameof(area));
        Probability(areas.Max, nameof(area));
        ArgumentOutOfRangeException.ThrowIfLessThan(areas.Max, areas.Min, nameof(area));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ratios.Min, nameof(ratio));
        ArgumentOutOfRangeException.ThrowIfLessThan(ratios.Max, ratios.Min, nameof(ratio));
        return new RandomErasing(Probability(p), areas, ratios, fill);
    }

    /// <summary>Creates an augmentation from a function.</summary>
    /// <param name="apply">The function, with the contract of <see cref="Apply"/>. With workers, it is called from several threads.</param>
    public static Augmentation Custom(Func<Tensor, Random, Tensor> apply)
    {
        ArgumentNullException.ThrowIfNull(apply);
        return new CustomAugmentation(apply);
    }

    /// <summary>Transforms a batch of images and checks the result.</summary>
    /// <exception cref="InvalidOperationException">The result is not a batch of the same number of images in bytes on the CPU.</exception>
    internal Tensor ApplyChecked(Tensor images, Random random)
    {
        var count = images.shape[0];
        var result = Apply(images, random) ?? throw new InvalidOperationException($"An augmentation must return images, but {GetType().Name} returned null.");
        if (result.dtype != ScalarType.Byte || result.ndim != 4 || result.shape[0] != count || result.device.type != TorchSharp.DeviceType.CPU)
        {
            throw new InvalidOperationException(
                $"An augmentation must return Byte [{count}, C, H, W] on the CPU, but {GetType().Name} returned {result.dtype} [{string.Join(", ", result.shape)}] "
                + $"on {result.device}.");
        }
        if (result.is_contiguous())
            return result;
        var contiguous = result.contiguous();
        if (!ReferenceEquals(result, images))
            result.Dispose();
        return contiguous;
    }

    private static double Probability(double p, string parameter = "p")
    {
        if (p is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(parameter, p, "The value must be between 0 and 1.");
        return p;
    }
}
