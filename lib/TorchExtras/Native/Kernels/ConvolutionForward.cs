using System.Runtime.InteropServices;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Computes convolutions of Float32 images, perhaps with a ReLU and a max pooling of two by two, in parallel on libtorch's threads.</summary>
/// <remarks>One thread computes each element, in a fixed order, so the results do not depend on the number of threads.</remarks>
internal readonly unsafe struct ConvolutionForward
{
    // below this number, threads cost more time than they save
    public const long LeastOperationsPerThread = 1 << 20;

    private readonly ConvolutionShape _shape;
    private readonly float* _input;
    private readonly float* _weights;
    private readonly float* _bias;
    private readonly int* _offsets;
    private readonly float* _result;
    private readonly byte* _winners;
    private readonly bool _hasRelu;

    private ConvolutionForward(in ConvolutionShape shape, float* input, ConvolutionWeights weights, bool hasRelu, float* result, byte* winners)
    {
        (_shape, _hasRelu) = (shape, hasRelu);
        _input = input;
        _weights = weights.Forward;
        _bias = weights.Bias;
        _offsets = weights.Offsets;
        _result = result;
        _winners = winners;
    }

    /// <summary>Computes a convolution.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="input">The images, [images, channels, height, width].</param>
    /// <param name="images">The number of images.</param>
    /// <param name="weights">The weights and the bias.</param>
    /// <param name="hasRelu">Whether a ReLU follows.</param>
    /// <param name="result">Takes the result, [images, outputs, height, width]; where it is pooled, half the height and half the width, rounded down.</param>
    /// <param name="winners">
    /// Takes the places of the maxima, in the order of <see cref="PooledRows"/>; null where the result is not pooled.
    /// </param>
    public static void Run(in ConvolutionShape shape, float* input, int images, ConvolutionWeights weights, bool hasRelu, float* result, byte* winners)
    {
        var work = new ConvolutionForward(shape, input, weights, hasRelu, result, winners);
        ParallelLoop.Run(images, Math.Max(1, LeastOperationsPerThread / shape.Operations), &Body, &work);
        GC.KeepAlive(weights);
    }

    /// <summary>Computes all outputs of a padded image, with the distance between rows of the input.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="padded">The image.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="bias">The bias.</param>
    /// <param name="offsets">The distances of the pixels.</param>
    /// <param name="result">Takes the outputs: whole blocks of channels, each of whole vectors.</param>
    public static void Compute(in ConvolutionShape shape, float* padded, float* weights, float* bias, int* offsets, float* result)
    {
        var (vectors, blocks, length) = (shape.Vectors, shape.OutputBlocks, shape.Length);
        nint stride = vectors * ConvolutionTiles.Lanes;
        for (var vector = 0; vector < vectors;)
        {
            // the rest after blocks of three vectors is computed in blocks of two, without a single vector at the end
            var isWide = vectors - vector is not (2 or 4);
            nint at = vector * ConvolutionTiles.Lanes;
            for (var block = 0; block < blocks; block++)
            {
                nint output = block * ConvolutionTiles.Rows;
                if (isWide)
                    ConvolutionTiles.Forward<ThreeVectors>(weights + (output * length), padded + at, offsets, length, bias + output, result + (output * stride) + at, stride);
                else
                    ConvolutionTiles.Forward<TwoVectors>(weights + (output * length), padded + at, offsets, length, bias + output, result + (output * stride) + at, stride);
            }
            vector += isWide ? 3 : 2;
        }
    }

    /// <summary>Copies an image into the middle of a padded one, whose padding is already zero.</summary>
    public static void Pad(in ConvolutionShape shape, float* image, float* padded)
    {
        var target = padded + shape.Margin;
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            ImageRows.Copy(image, shape.Width, target, shape.Pitch, shape.Height, shape.Width, false);
            image += shape.Height * shape.Width;
            target += shape.Plane;
        }
    }

    [UnmanagedCallersOnly]
    private static void Body(long from, long to, void* data)
    {
        var work = (ConvolutionForward*)data;
        var shape = work->_shape;
        var padded = ThreadMemory.Get(shape.PaddedLength + shape.ResultLength);
        new Span<float>(padded, shape.PaddedLength).Clear();
        for (var image = from; image < to; image++)
            work->Image(image, padded, padded + shape.PaddedLength);
    }

    private void Image(long image, float* padded, float* outputs)
    {
        Pad(_shape, _input + (image * _shape.Channels * _shape.Height * _shape.Width), padded);
        Compute(_shape, padded, _weights, _bias, _offsets, outputs);
        var (height, width) = _winners is null ? (_shape.OutHeight, _shape.OutWidth) : (_shape.OutHeight / 2, _shape.OutWidth / 2);
        var result = _result + (image * _shape.Outputs * height * width);
        var winners = _winners + (image * _shape.Outputs * height * PooledRows.WinnerPitch(width));
        for (var output = 0; output < _shape.Outputs; output++)
        {
            if (_winners is null)
                ImageRows.Copy(outputs, _shape.Pitch, result, width, height, width, _hasRelu);
            else
                PooledRows.Pool(outputs, _shape.Pitch, height, width, _hasRelu, result, winners);
            outputs += _shape.Vectors * ConvolutionTiles.Lanes;
            result += height * width;
            winners += height * PooledRows.WinnerPitch(width);
        }
    }
}
