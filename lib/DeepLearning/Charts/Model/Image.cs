namespace DeepLearning.Charts;

/// <summary>An image with captions, alone in its panel and without axes. Coordinates are in pixels, from the top left corner.</summary>
public sealed record Image : Trace
{
    /// <summary>Creates an image.</summary>
    /// <param name="name">The name.</param>
    /// <param name="png">The bytes of a PNG file.</param>
    /// <param name="width">The width in pixels.</param>
    /// <param name="height">The height in pixels.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width or the height is not positive.</exception>
    public Image(string name, ReadOnlyMemory<byte> png, int width, int height)
        : base(name)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        (Png, Width, Height) = (png, width, height);
        ShowInLegend = false;
    }

    /// <summary>Gets the bytes of a PNG file.</summary>
    public ReadOnlyMemory<byte> Png { get; }

    /// <summary>Gets the width in pixels.</summary>
    public int Width { get; }

    /// <summary>Gets the height in pixels.</summary>
    public int Height { get; }

    /// <summary>Gets the captions on the image.</summary>
    /// <value>Defaults to no captions.</value>
    public IReadOnlyList<Caption> Captions { get; init; } = [];

    /// <inheritdoc/>
    public override IReadOnlyList<double> Values => [];

    internal const double CaptionSize = 12;

    internal string DataUri => $"data:image/png;base64,{Convert.ToBase64String(Png.Span)}";
}

/// <summary>A centered line of text on an image.</summary>
/// <param name="Text">The text.</param>
/// <param name="X">The horizontal center, in pixels of the image.</param>
/// <param name="Y">The vertical center, in pixels of the image from the top.</param>
/// <param name="Color">The color, in CSS notation; null for the color of the page.</param>
public sealed record Caption(string Text, double X, double Y, string? Color = null);
