using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using DeepLearning.Display;
using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>Labeled images of the same size, in grayscale or color, as bytes in memory.</summary>
[TypeFormatterSource(typeof(TextFormatterSource), PreferredMimeTypes = ["text/plain"])]
public sealed partial class ImageDataset
{
    /// <summary>The maximum number of classes, because a label is a byte.</summary>
    internal const int MostClasses = 256;

    private readonly byte[] _pixels;
    private readonly byte[] _labels;
    private readonly ConcurrentDictionary<string, Lazy<DeviceImages>> _onDevices = [];

    internal ImageDataset(string name, IReadOnlyList<string> classNames, IdxFile images, IdxFile labels, bool isSynthetic)
    {
        if (images.Sizes[0] != labels.Sizes[0])
            throw new InvalidDataException($"{name} has {images.Sizes[0]} images but {labels.Sizes[0]} labels.");
        if (labels.Elements.DefaultIfEmpty().Max() is var largest && largest >= classNames.Count)
            throw new InvalidDataException($"{name} has the label {largest}; its classes are 0 to {classNames.Count - 1}.");
        Name = name;
        ClassNames = classNames;
        IsSynthetic = isSynthetic;
        // the channels of color images come before their rows
        (Channels, Height, Width) = (images.Sizes.Count == 4 ? images.Sizes[1] : 1, images.Sizes[^2], images.Sizes[^1]);
        _pixels = images.Elements;
        _labels = labels.Elements;
    }

    /// <summary>Creates a data set from tensors. The values are copied.</summary>
    /// <param name="name">The name of the data set.</param>
    /// <param name="images">The images, Byte [N, C, H, W] or [N, H, W].</param>
    /// <param name="labels">The class of each image, from 0, integers [N].</param>
    /// <param name="classNames">The names of the classes, in the order of the labels; their numbers by default.</param>
    /// <exception cref="ArgumentException">A shape or type is wrong, or a label is not a class.</exception>
    public static ImageDataset Of(string name, Tensor images, Tensor labels, IReadOnlyList<string>? classNames = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(labels);
        if (images.dtype != ScalarType.Byte || images.ndim is not (3 or 4) || labels.ndim != 1 || labels.shape[0] != images.shape[0] || labels.numel() == 0)
        {
            throw new ArgumentException(
                $"Images must be Byte [N, C, H, W] or [N, H, W] and labels [N] with N > 0, but these are {images.dtype} [{string.Join(", ", images.shape)}] "
                + $"and [{string.Join(", ", labels.shape)}].", nameof(images));
        }
        if (images.ndim == 4 && images.shape[1] is not (1 or 3) && images.shape[3] is 1 or 3)
        {
            throw new ArgumentException(
                $"Images must be [N, C, H, W], but the shape [{string.Join(", ", images.shape)}] is that of images [N, H, W, C]: convert them with .permute(0, 3, 1, 2).", nameof(images));
        }
        using var scope = NewDisposeScope();
        long[] classes = [.. labels.to(ScalarType.Int64).cpu().contiguous().data<long>()];
        var names = classNames ?? [.. Enumerable.Range(0, (int)Math.Min(classes.Max() + 1, MostClasses)).Select(label => $"{label}")];
        var known = Math.Min(names.Count, MostClasses);
        if (Array.FindIndex(classes, label => label < 0 || label >= known) is >= 0 and var wrong)
            throw new ArgumentException($"The label {classes[wrong]} is out of range: classes are numbered from 0{(known > 0 ? $", and there are {known}" : "")}.", nameof(labels));
        var pixels = images.cpu().contiguous();
        return new ImageDataset(
            name, names, new IdxFile([.. pixels.shape.Select(size => (int)size)], pixels.data<byte>().ToArray()),
            new IdxFile([classes.Length], [.. classes.Select(label => (byte)label)]), isSynthetic: false);
    }

    /// <summary>Gets the name of the data set.</summary>
    public string Name { get; }

    /// <summary>Gets the names of the classes, in the order of the labels.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Gets a value that indicates whether the images are synthetic because the real images were not available.</summary>
    public bool IsSynthetic { get; }

    /// <summary>Gets the number of images.</summary>
    public int Count => _labels.Length;

    /// <summary>Gets the number of channels of an image: 1 for grayscale, 3 for red, green and blue.</summary>
    public int Channels { get; }

    /// <summary>Gets the number of rows of an image, in pixels.</summary>
    public int Height { get; }

    /// <summary>Gets the number of columns of an image, in pixels.</summary>
    public int Width { get; }

    /// <summary>Gets all pixels, 0 to 255, in the order images, channels, rows, columns.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>Gets all labels.</summary>
    public ReadOnlySpan<byte> Labels => _labels;

    private int ImageSize => Channels * Height * Width;

    /// <summary>Gets one image, Float32 [channels, height, width] from 0 to 1, and its label.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is out of range.</exception>
    /// <param name="index">The index of the image, from 0.</param>
    public (Tensor Image, long Label) this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            using var batch = Images([index], PixelScale.ZeroToOne);
            return (batch.squeeze(0), _labels[index]);
        }
    }

    /// <summary>Computes the mean and the standard deviation of all pixels, scaled to 0–1, for <see cref="PixelScale.Normalized(double, double)"/>.</summary>
    /// <remarks>Tutorial 004, Normalization. <see cref="ChannelStatistics"/> computes the statistics of each channel.</remarks>
    public (double Mean, double Std) PixelStatistics()
    {
        Span<long> histogram = stackalloc long[256];
        foreach (var pixel in _pixels)
            histogram[pixel]++;
        double sum = 0, squares = 0;
        for (var value = 0; value < 256; value++)
        {
            sum += histogram[value] * (value / 255.0);
            squares += histogram[value] * (value / 255.0) * (value / 255.0);
        }
        var mean = sum / _pixels.Length;
        return (mean, Math.Sqrt((squares / _pixels.Length) - (mean * mean)));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{Name}: {Quantity.Text(Count, "image")} of {Height}x{Width}{(Channels == 3 ? " in color" : "")} in {ClassNames.Count} classes")
        + (IsSynthetic ? " (synthetic)" : "");

    /// <summary>Returns the bytes on a device; the first call copies them.</summary>
    internal DeviceImages On(Device device) =>
        _onDevices.GetOrAdd(device.ToString(), _ => new(() => new DeviceImages(this, device))).Value;

    /// <summary>Gathers and scales images in one pass: Float32 [count, channels, height, width].</summary>
    internal Tensor Images(ReadOnlySpan<long> indices, PixelScale scale)
    {
        var images = empty([indices.Length, Channels, Height, Width], ScalarType.Float32);
        var target = MemoryMarshal.Cast<byte, float>(images.bytes);
        var size = ImageSize;
        for (var i = 0; i < indices.Length; i++)
            scale.Apply(_pixels.AsSpan((int)indices[i] * size, size), target.Slice(i * size, size), Channels);
        return images;
    }

    /// <summary>Gathers the pixels of images: Byte [count, channels, height, width].</summary>
    internal Tensor PixelsOf(ReadOnlySpan<long> indices)
    {
        var images = empty([indices.Length, Channels, Height, Width], ScalarType.Byte);
        var target = images.bytes;
        var size = ImageSize;
        for (var i = 0; i < indices.Length; i++)
            _pixels.AsSpan((int)indices[i] * size, size).CopyTo(target[(i * size)..]);
        return images;
    }

    /// <summary>Scales images, Byte [count, channels, height, width], contiguous, on the CPU, to Float32.</summary>
    internal static Tensor Scaled(Tensor pixels, PixelScale scale)
    {
        var shape = pixels.shape;
        var images = empty(shape, ScalarType.Float32);
        var source = pixels.bytes;
        var target = MemoryMarshal.Cast<byte, float>(images.bytes);
        var (count, channels) = ((int)shape[0], (int)shape[1]);
        if (scale.Channels == 1)
        {
            scale.Apply(source, target, 1);
            return images;
        }
        scale.Check(channels, nameof(scale));
        var size = source.Length / Math.Max(count, 1);
        for (var i = 0; i < count; i++)
            scale.Apply(source.Slice(i * size, size), target.Slice(i * size, size), channels);
        return images;
    }

    /// <summary>Gathers labels: Int64 [count].</summary>
    internal Tensor LabelsOf(ReadOnlySpan<long> indices)
    {
        var labels = empty([indices.Length], ScalarType.Int64);
        // not data<long>(), whose indexer takes more time than the rest of a batch
        var target = MemoryMarshal.Cast<byte, long>(labels.bytes);
        for (var i = 0; i < indices.Length; i++)
            target[i] = _labels[indices[i]];
        return labels;
    }
}
