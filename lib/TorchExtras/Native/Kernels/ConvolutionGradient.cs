namespace TorchSharp.Extras.Native.Kernels;

/// <summary>The gradient of the result of a convolution, perhaps with a ReLU and a max pooling of two by two.</summary>
/// <param name="gradient">The gradient of the result, in the shape of the result.</param>
/// <param name="results">The result, where a ReLU follows the convolution; null otherwise.</param>
/// <param name="winners">The places of the maxima, where the result is pooled, in the order of <see cref="PooledRows"/>; null otherwise.</param>
internal readonly unsafe struct ConvolutionGradient(float* gradient, float* results, byte* winners)
{
    /// <summary>Writes the gradient of the output of the convolution for one image. Elements that belong to no window are not written.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="image">The number of the image.</param>
    /// <param name="target">The place of the first element.</param>
    /// <param name="plane">The distance between channels.</param>
    /// <param name="pitch">The distance between rows.</param>
    /// <param name="sums">The sums of each channel, to which the elements are added; null if they are not needed.</param>
    public void Write(in ConvolutionShape shape, int image, float* target, nint plane, nint pitch, float* sums)
    {
        var (height, width) = winners is null ? (shape.OutHeight, shape.OutWidth) : (shape.OutHeight / 2, shape.OutWidth / 2);
        var size = height * width;
        var first = (long)image * shape.Outputs * size;
        var g = gradient + first;
        var result = results is null ? null : results + first;
        var bytes = height * PooledRows.WinnerPitch(width);
        var winner = winners + ((long)image * shape.Outputs * bytes);
        for (var output = 0; output < shape.Outputs; output++)
        {
            var written = winners is null
                ? ImageRows.CopyGradient(g, result, target, pitch, height, width)
                : PooledRows.Distribute(g, result, winner, height, width, target, pitch);
            if (sums is not null)
                sums[output] += written;
            g += size;
            result = results is null ? null : result + size;
            winner += bytes;
            target += plane;
        }
    }
}
