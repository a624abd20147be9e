namespace TorchSharp.Extras.Native.Kernels;

/// <summary>The sizes of a two-dimensional convolution with stride 1, and of the memory in which the kernels compute it.</summary>
/// <remarks>
/// A kernel copies an image with its padding, so that the rows of all channels have the same distance, <see cref="Pitch"/>. The elements of the output
/// are computed with this distance too: output <c>q = row * Pitch + column</c> is the sum over all <c>k = (channel, y, x)</c> of the weight <c>k</c>
/// and the pixel <c>Offset(k) + q</c>, so 16 neighboring outputs need 16 neighboring pixels. The outputs between the end of a row and the next row
/// are computed and not used.
/// </remarks>
/// <param name="Channels">The number of channels of the input.</param>
/// <param name="Height">The height of the input.</param>
/// <param name="Width">The width of the input.</param>
/// <param name="Outputs">The number of channels of the output.</param>
/// <param name="KernelHeight">The height of the window.</param>
/// <param name="KernelWidth">The width of the window.</param>
/// <param name="PadHeight">The number of rows of zeros above and below the input.</param>
/// <param name="PadWidth">The number of columns of zeros at each side of the input.</param>
internal readonly record struct ConvolutionShape(
    int Channels, int Height, int Width, int Outputs, int KernelHeight, int KernelWidth, int PadHeight, int PadWidth)
{
    private const long MostElements = 1 << 20;

    /// <summary>Gets the distance between the rows of a padded image.</summary>
    public int Pitch => Width + (2 * PadWidth);

    /// <summary>Gets the number of elements of a channel of a padded image.</summary>
    public int Plane => (Height + (2 * PadHeight)) * Pitch;

    /// <summary>Gets the height of the output.</summary>
    public int OutHeight => Height + (2 * PadHeight) - KernelHeight + 1;

    /// <summary>Gets the width of the output.</summary>
    public int OutWidth => Width + (2 * PadWidth) - KernelWidth + 1;

    /// <summary>Gets the number of products that are summed for each element of the output.</summary>
    public int Length => Channels * KernelHeight * KernelWidth;

    /// <summary>Gets the number of vectors that a channel of the output takes, at least two.</summary>
    public int Vectors => Math.Max(2, Blocks(((OutHeight - 1) * Pitch) + OutWidth, ConvolutionTiles.Lanes));

    /// <summary>Gets the number of blocks of output channels.</summary>
    public int OutputBlocks => Blocks(Outputs, ConvolutionTiles.Rows);

    /// <summary>Gets the number of elements of the weights in the order of <see cref="ConvolutionWeights"/>.</summary>
    public int PackedLength => OutputBlocks * ConvolutionTiles.Rows * Length;

    /// <summary>Gets the distance from the start of a padded image to the first element of the image.</summary>
    public int Margin => (PadHeight * Pitch) + PadWidth;

    /// <summary>Gets the number of elements of a padded image, with those after it that vectors read.</summary>
    public int PaddedLength => Align(
        Math.Max(Channels * Plane, ((Channels - 1) * Plane) + ((KernelHeight - 1) * Pitch) + KernelWidth - 1 + (Vectors * ConvolutionTiles.Lanes)));

    /// <summary>Gets the number of elements of the output of an image in whole vectors and blocks, with those after it that vectors read.</summary>
    public int ResultLength => ((OutputBlocks * ConvolutionTiles.Rows * Vectors) + 2) * ConvolutionTiles.Lanes;

    /// <summary>Gets the number of additions and multiplications for an image.</summary>
    public long Operations => 2L * Outputs * OutHeight * OutWidth * Length;

    /// <summary>Gets the convolution that computes the gradient of the input from that of the output: channels are exchanged, and windows are reversed.</summary>
    public ConvolutionShape ForInput => new(
        Outputs, OutHeight, OutWidth, Channels, KernelHeight, KernelWidth, KernelHeight - 1 - PadHeight, KernelWidth - 1 - PadWidth);

    /// <summary>Gets whether the kernels can compute the convolution and its gradients. libtorch is faster for large images.</summary>
    public bool IsSupported =>
        MatrixTiles.IsSupported && Channels > 0 && Outputs > 0 && PadHeight >= 0 && PadWidth >= 0 && KernelHeight > PadHeight && KernelWidth > PadWidth
        && IsModerate(Height, 2L * KernelHeight, Width, 2L * KernelWidth, Math.Max(Channels, Outputs))
        && IsModerate(KernelHeight, 0, KernelWidth, 0, (long)Channels * Outputs) && OutHeight > 0 && OutWidth > 0;

    // the padded images and outputs of a thread, and the weights, are a few megabytes
    private static bool IsModerate(long height, long moreHeight, long width, long moreWidth, long channels) =>
        height <= MostElements && width <= MostElements && channels <= MostElements && moreHeight <= MostElements && moreWidth <= MostElements
        && (height + moreHeight) * (width + moreWidth) <= MostElements && (height + moreHeight) * (width + moreWidth) * channels <= MostElements;

    public static int Align(int count) => (count + 15) & ~15;

    public static int Blocks(int count, int size) => (count + size - 1) / size;
}
