namespace DeepLearning.Charts;

/// <summary>An image with captions. It has its panel to itself, without axes; places are pixels of the image, from its top left corner.</summary>
public sealed record Image : Trace
{
    /// <summary>An image.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="png">The bytes of a PNG file.</param>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="height">Its height in pixels.</param>
    public Image(string name, ReadOnlyMemory<byte> png, int width, int height)
        : base(name)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        (Png, Width, Height) = (png, width, height);
        ShowInLegend = false;
    }

    /// <summary>The bytes of a PNG file.</summary>
    public ReadOnlyMemory<byte> Png { get; }

    /// <summary>Its width in pixels.</summary>
    public int Width { get; }

    /// <summary>Its height in pixels.</summary>
    public int Height { get; }

    /// <summary>What is written onto it.</summary>
    /// <value>Defaults to nothing.</value>
    public IReadOnlyList<Caption> Captions { get; init; } = [];

    /// <inheritdoc/>
    public override IReadOnlyList<double> Values => [];

    internal const double CaptionSize = 12;

    internal string DataUri => $"data:image/png;base64,{Convert.ToBase64String(Png.Span)}";
}

/// <summary>A line of text on a picture, centred.</summary>
/// <param name="Text">What is written.</param>
/// <param name="X">Its middle, in pixels of the picture.</param>
/// <param name="Y">The middle of its height, in pixels of the picture from the top.</param>
/// <param name="Color">Its colour, as css writes it; that of the page when null.</param>
public sealed record Caption(string Text, double X, double Y, string? Color = null);
