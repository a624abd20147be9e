using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using DeepLearning.Display;
using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>Labelled images, in memory as bytes.</summary>
[TypeFormatterSource(typeof(TextFormatterSource), PreferredMimeTypes = ["text/plain"])]
public sealed partial class ImageDataset
{
    private readonly byte[] _pixels;
    private readonly byte[] _labels;
    private readonly ConcurrentDictionary<string, Lazy<DeviceImages>> _onDevices = [];

    internal ImageDataset(string name, IReadOnlyList<string> classNames, IdxFile images, IdxFile labels, bool isStandIn)
    {
        if (images.Sizes[0] != labels.Sizes[0])
            throw new InvalidDataException($"{name} has {images.Sizes[0]} images but {labels.Sizes[0]} labels.");
        if (labels.Elements.DefaultIfEmpty().Max() is var largest && largest >= classNames.Count)
            throw new InvalidDataException($"{name} has the label {largest}; its classes are 0 to {classNames.Count - 1}.");
        Name = name;
        ClassNames = classNames;
        IsStandIn = isStandIn;
        (Height, Width) = (images.Sizes[1], images.Sizes[2]);
        _pixels = images.Elements;
        _labels = labels.Elements;
    }

    /// <summary>What the set is called.</summary>
    public string Name { get; }

    /// <summary>What the labels stand for, in their order.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Whether these are drawn images, because the real ones could not be had.</summary>
    public bool IsStandIn { get; }

    /// <summary>How many images there are.</summary>
    public int Count => _labels.Length;

    /// <summary>Rows of an image, in pixels.</summary>
    public int Height { get; }

    /// <summary>Columns of an image, in pixels.</summary>
    public int Width { get; }

    /// <summary>All pixels, 0 (background) to 255: images, then rows, then columns.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>All labels.</summary>
    public ReadOnlySpan<byte> Labels => _labels;

    /// <summary>One image, Float32 [1, height, width] from 0 to 1, and its label.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no image of that index.</exception>
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

    /// <summary>Mean and standard deviation of all pixels, scaled to 0–1: what normalisation needs.</summary>
    /// <remarks>Seed 004, Normalization.</remarks>
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
        $"{Name}: {Count:N0} images of {Height}x{Width} in {ClassNames.Count} classes" + (IsStandIn ? " (drawn stand-in)" : "");

    /// <summary>The bytes on a device, copied there the first time.</summary>
    internal DeviceImages On(Device device) =>
        _onDevices.GetOrAdd(device.ToString(), _ => new(() => new DeviceImages(this, device))).Value;

    /// <summary>The images named, gathered and scaled in one pass: Float32 [count, 1, height, width].</summary>
    internal Tensor Images(ReadOnlySpan<long> indices, PixelScale scale)
    {
        var images = empty([indices.Length, 1, Height, Width], ScalarType.Float32);
        var target = MemoryMarshal.Cast<byte, float>(images.bytes);
        var size = Height * Width;
        for (var i = 0; i < indices.Length; i++)
            scale.Apply(_pixels.AsSpan((int)indices[i] * size, size), target.Slice(i * size, size));
        return images;
    }

    /// <summary>The labels named: Int64 [count].</summary>
    internal Tensor LabelsOf(ReadOnlySpan<long> indices)
    {
        var labels = empty([indices.Length], ScalarType.Int64);
        var target = labels.data<long>();
        for (var i = 0; i < indices.Length; i++)
            target[i] = _labels[indices[i]];
        return labels;
    }
}
