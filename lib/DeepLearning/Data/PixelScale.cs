namespace DeepLearning.Data;

/// <summary>How a pixel, 0 to 255, becomes a network's input.</summary>
/// <remarks>
/// The values equal those of torchvision's ToTensor and Normalize: a pixel is divided by 255, then the mean is subtracted and the
/// result divided by the standard deviation, each step in single precision.
/// </remarks>
public sealed class PixelScale
{
    private readonly float[] _values = new float[256];

    private PixelScale(float mean, float std)
    {
        for (var pixel = 0; pixel < _values.Length; pixel++)
            _values[pixel] = ((pixel / 255f) - mean) / std;
    }

    /// <summary>From 0 to 1.</summary>
    public static PixelScale ZeroToOne { get; } = new(0, 1);

    /// <summary>Mean 0 and standard deviation 1, for a set whose pixels have these.</summary>
    /// <param name="mean">The set's mean, of pixels scaled to 0–1.</param>
    /// <param name="std">Its standard deviation; above 0.</param>
    public static PixelScale Normalized(double mean, double std)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(std);
        return new((float)mean, (float)std);
    }

    /// <summary>What each of the 256 pixels becomes.</summary>
    internal ReadOnlySpan<float> Values => _values;

    internal void Apply(ReadOnlySpan<byte> pixels, Span<float> target)
    {
        for (var i = 0; i < pixels.Length; i++)
            target[i] = _values[pixels[i]];
    }
}
