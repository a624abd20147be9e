using DeepLearning.Data.Augmenting;
using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>
/// A random change of training images that keeps their class. A <see cref="BatchLoader"/> applies it to a whole batch of pixels at a time:
/// <c>new BatchLoader(train, 100, shuffle: true, augment: [Augmentation.RandomCrop(padding: 4), Augmentation.RandomHorizontalFlip()])</c>.
/// </summary>
/// <remarks>
/// Images are bytes, before they are scaled or normalized, as torchvision's transforms get them before ToTensor. Each image of a batch is changed in
/// its own way. All random numbers of an epoch follow from one that the loader draws from the default random stream: the same seed gives the same
/// images, with any number of workers, and an interrupted epoch continues with the same images.
/// </remarks>
public abstract class Augmentation
{
    /// <summary>Changes a batch of images.</summary>
    /// <param name="images">Byte [N, C, H, W], contiguous, on the CPU. It belongs to this call and may be changed in place.</param>
    /// <param name="random">The source of all random numbers; the loader makes one for each batch.</param>
    /// <returns>Byte [N, C, H', W']: the tensor that was given, or another one. The loader disposes of the former in the latter case.</returns>
    public abstract Tensor Apply(Tensor images, Random random);

    /// <summary>Cuts a part of each image at a random place, of an image that was enlarged by a border first.</summary>
    /// <param name="padding">The number of pixels that are added on each side.</param>
    /// <param name="height">The number of rows of the part; those of the image by default.</param>
    /// <param name="width">The number of columns of the part; those of the image by default.</param>
    /// <param name="fill">The value of the pixels of the border, 0 to 255; black by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The padding is negative or a size not positive.</exception>
    public static Augmentation RandomCrop(int padding = 0, int? height = null, int? width = null, byte fill = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height ?? 1, nameof(height));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width ?? 1, nameof(width));
        return new RandomCrop(padding, height, width, fill);
    }

    /// <summary>Mirrors some of the images, so that left becomes right.</summary>
    /// <param name="p">The probability that an image is mirrored.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
    public static Augmentation RandomHorizontalFlip(double p = 0.5) => new RandomFlip(Probability(p), isHorizontal: true);

    /// <summary>Mirrors some of the images, so that top becomes bottom.</summary>
    /// <param name="p">The probability that an image is mirrored.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
    public static Augmentation RandomVerticalFlip(double p = 0.5) => new RandomFlip(Probability(p), isHorizontal: false);

    /// <summary>Rotates each image about its center by a random angle.</summary>
    /// <param name="degrees">The largest angle, in both directions.</param>
    /// <param name="fill">The value of the pixels that come from outside of the image, 0 to 255; black by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The angle is negative.</exception>
    public static Augmentation RandomRotation(double degrees, byte fill = 0) => RandomAffine(degrees, fill: fill);

    /// <summary>Rotates, moves, scales and shears each image about its center, with bilinear interpolation.</summary>
    /// <param name="degrees">The largest angle of the rotation, in both directions; 0 for none.</param>
    /// <param name="translate">The largest movement in x and in y, as a fraction of width and of height, in both directions; 0 by default.</param>
    /// <param name="scale">The smallest and the largest scale; 1 by default.</param>
    /// <param name="shear">The largest angle of the shear along x, in degrees, in both directions; 0 by default.</param>
    /// <param name="fill">The value of the pixels that come from outside of the image, 0 to 255; black by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">An angle or a fraction is negative, a fraction above 1, or a scale not positive.</exception>
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

    /// <summary>Overwrites a random rectangle of some of the images. See <see href="https://arxiv.org/abs/1708.04896">Zhong et al., 2017</see>.</summary>
    /// <param name="p">The probability that an image loses a rectangle.</param>
    /// <param name="area">The smallest and the largest area of the rectangle, as a fraction of the image's; 0.02 to 0.33 by default.</param>
    /// <param name="ratio">The smallest and the largest ratio of its height to its width; 0.3 to 3.3 by default.</param>
    /// <param name="fill">The value of the pixels of the rectangle, 0 to 255; black by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside of its range.</exception>
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

    /// <summary>Makes an augmentation of a function.</summary>
    /// <param name="apply">The function, as <see cref="Apply"/> describes it. With workers, it is called from several threads.</param>
    public static Augmentation Custom(Func<Tensor, Random, Tensor> apply)
    {
        ArgumentNullException.ThrowIfNull(apply);
        return new CustomAugmentation(apply);
    }

    /// <summary>Changes a batch of images, and checks the result.</summary>
    /// <exception cref="InvalidOperationException">The result is not a batch of as many images in bytes on the CPU.</exception>
    internal Tensor ApplyChecked(Tensor images, Random random)
    {
        var count = images.shape[0];
        var result = Apply(images, random);
        if (result.dtype != ScalarType.Byte || result.ndim != 4 || result.shape[0] != count || result.device.type != TorchSharp.DeviceType.CPU)
        {
            throw new InvalidOperationException(
                $"An augmentation returns Byte [{count}, C, H, W] on the CPU; {GetType().Name} returned {result.dtype} [{string.Join(", ", result.shape)}] "
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
            throw new ArgumentOutOfRangeException(parameter, p, "It lies between 0 and 1.");
        return p;
    }
}
