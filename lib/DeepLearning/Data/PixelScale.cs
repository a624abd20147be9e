using System.Runtime.CompilerServices;

namespace DeepLearning.Data;

/// <summary>Converts pixels, 0 to 255, to model inputs.</summary>
/// <remarks>
/// The values equal those of torchvision's ToTensor and Normalize: a pixel is divided by 255, then the mean is subtracted and the
/// result divided by the standard deviation, each step in single precision.
/// </remarks>
public sealed class PixelScale
{
    private readonly float[] _values;

    private PixelScale(params (float Mean, float Std)[] channels)
    {
        _values = new float[256 * channels.Length];
        for (var i = 0; i < _values.Length; i++)
        {
            var (mean, std) = channels[i / 256];
            _values[i] = ((i % 256 / 255f) - mean) / std;
        }
    }

    /// <summary>Gets the scale with inputs from 0 to 1.</summary>
    public static PixelScale ZeroToOne { get; } = new((0, 1));

    /// <summary>Gets the scale of the color images that TorchVision's pretrained models were trained on: ImageNet's means and standard deviations.</summary>
    public static PixelScale ImageNet { get; } = Normalized([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);

    /// <summary>Gets the number of channels with separate scales; 1 if all channels have the same scale.</summary>
    public int Channels => _values.Length / 256;

    /// <summary>Returns the scale that normalizes a data set to mean 0 and standard deviation 1.</summary>
    /// <param name="mean">The mean of the data set's pixels, scaled to 0–1.</param>
    /// <param name="std">The standard deviation of the scaled pixels; greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="std"/> is not positive.</exception>
    public static PixelScale Normalized(double mean, double std)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(std);
        return new(((float)mean, (float)std));
    }

    /// <summary>Returns the scale that normalizes each channel of a data set to mean 0 and standard deviation 1.</summary>
    /// <param name="mean">The mean of each channel's pixels, scaled to 0–1, as in <see cref="ChannelStatistics.Mean"/>.</param>
    /// <param name="std">The standard deviation of each channel's pixels; greater than 0.</param>
    /// <exception cref="ArgumentException">The numbers of means and standard deviations differ, or both are 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A standard deviation is not positive.</exception>
    public static PixelScale Normalized(IReadOnlyList<double> mean, IReadOnlyList<double> std)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(std);
        if (mean.Count != std.Count || mean.Count == 0)
        {
            throw new ArgumentException(
                $"There are {mean.Count} means and {std.Count} standard deviations: each channel needs one of each.", nameof(std));
        }
        foreach (var value in std)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, nameof(std));
        return new([.. mean.Zip(std, (center, spread) => ((float)center, (float)spread))]);
    }

    /// <summary>Gets the inputs for the 256 pixel values, for each channel with a separate scale.</summary>
    internal ReadOnlySpan<float> Values => _values;

    /// <summary>Checks that the scale supports a number of channels.</summary>
    /// <exception cref="ArgumentException">The scale has another number of channels.</exception>
    internal void Check(int channels, string parameter)
    {
        if (Channels != 1 && Channels != channels)
            throw new ArgumentException($"The scale has {Channels} channels and the images have {channels}.", parameter);
    }

    /// <summary>Converts whole images, channel by channel.</summary>
    internal void Apply(ReadOnlySpan<byte> pixels, Span<float> target, int channels)
    {
        if (Channels == 1)
        {
            Apply(_values, pixels, target);
            return;
        }
        var size = pixels.Length / channels;
        for (var channel = 0; channel < channels; channel++)
            Apply(_values.AsSpan(channel * 256, 256), pixels.Slice(channel * size, size), target.Slice(channel * size, size));
    }

    // simple loops over local spans: an AVX2 gather is slower, and arithmetic instead of the table is not faster
    // optimized before its first call: the first batches would run in unoptimized code otherwise
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply(ReadOnlySpan<float> values, ReadOnlySpan<byte> pixels, Span<float> target)
    {
        target = target[..pixels.Length];
        for (var i = 0; i < pixels.Length; i++)
            target[i] = values[pixels[i]];
    }
}
