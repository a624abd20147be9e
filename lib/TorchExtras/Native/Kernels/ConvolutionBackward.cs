using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Computes the gradients of convolutions of Float32 images, perhaps with a ReLU and a max pooling of two by two.</summary>
/// <remarks>
/// The images are divided into parts, whose number does not depend on the number of threads. One thread computes the sums over the images of a part;
/// the sums of the parts are added in their order.
/// </remarks>
internal unsafe struct ConvolutionBackward
{
    // more parts would cost memory, fewer would leave threads without work
    private const int MostParts = 16;

    private const int LeastImagesPerPart = 4;

    // the images that are in the cache while the gradients of some weights are computed
    private const int MostImagesPerGroup = 4;

    private readonly ConvolutionShape _shape;
    private readonly ConvolutionShape _shapeForInput;
    private readonly float* _input;
    private readonly ConvolutionGradient _gradient;
    private readonly float* _weightsForInput;
    private readonly float* _noBias;
    private readonly int* _offsets;
    private readonly int* _offsetsForInput;
    private readonly float* _inputGradient;
    private readonly float* _parts;
    private readonly int _images;

    // all threads share it: a thread only ever sets it to false
    private bool _isFinite = true;

    private ConvolutionBackward(
        in ConvolutionShape shape, float* input, in ConvolutionGradient gradient, int images, ConvolutionWeights weights, float* inputGradient, float* parts)
    {
        (_shape, _shapeForInput, _gradient, _images) = (shape, shape.ForInput, gradient, images);
        _input = input;
        _weightsForInput = weights.ForInput;
        _noBias = weights.NoBias;
        _offsets = weights.Offsets;
        _offsetsForInput = weights.OffsetsForInput;
        _inputGradient = inputGradient;
        _parts = parts;
    }

    private readonly int Group => Math.Min(MostImagesPerGroup, Math.Max(1, 64 / _shape.Vectors));

    private readonly int LengthForInput => _inputGradient is null ? 0 : _shapeForInput.PaddedLength + _shapeForInput.ResultLength;

    /// <summary>Returns the number of elements of the memory that <see cref="Run"/> needs for sums.</summary>
    public static long PartsLength(in ConvolutionShape shape, int images) => (long)Parts(images) * PartLength(shape);

    /// <summary>Computes the gradients.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="input">The images, [images, channels, height, width].</param>
    /// <param name="gradient">The gradient of the result.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="weights">The weights of the forward pass.</param>
    /// <param name="inputGradient">Takes the gradient of the images; null if it is not needed.</param>
    /// <param name="weightGradient">Takes the gradient of the weights, [outputs, channels, height, width].</param>
    /// <param name="biasGradient">Takes the gradient of the bias, [outputs]; null if it is not needed.</param>
    /// <param name="parts">Memory for the sums, at a multiple of 64 bytes; see <see cref="PartsLength"/>.</param>
    /// <returns>
    /// Whether the images and the gradient are finite. If not, the gradient of the weights is not valid: the kernel multiplies the zeros around images and
    /// between rows, which must give 0.
    /// </returns>
    public static bool Run(
        in ConvolutionShape shape, float* input, in ConvolutionGradient gradient, int images, ConvolutionWeights weights, float* inputGradient,
        float* weightGradient, float* biasGradient, float* parts)
    {
        var work = new ConvolutionBackward(shape, input, gradient, images, weights, inputGradient, parts);
        var count = Parts(images);
        ParallelLoop.Run(count, Math.Max(1, ConvolutionForward.LeastOperationsPerThread * count / (shape.Operations * images)), &Body, &work);
        AddParts(shape, parts, count, weightGradient, biasGradient);
        GC.KeepAlive(weights);
        return work._isFinite;
    }

    private static int Parts(int images) => Math.Min(MostParts, ConvolutionShape.Blocks(images, LeastImagesPerPart));

    // the sums of the weights in whole blocks, and of the bias
    private static int PartLength(in ConvolutionShape shape) =>
        (shape.OutputBlocks * ConvolutionTiles.Rows * Steps(shape)) + ConvolutionShape.Align(shape.Outputs);

    private static int Steps(in ConvolutionShape shape) => ConvolutionShape.Blocks(shape.Length, ConvolutionTiles.Steps) * ConvolutionTiles.Steps;

    [UnmanagedCallersOnly]
    private static void Body(long from, long to, void* data)
    {
        var work = (ConvolutionBackward*)data;
        var parts = Parts(work->_images);
        var (group, forInput) = (work->Group, work->LengthForInput);
        var length = ((long)group * (work->_shape.PaddedLength + work->_shape.ResultLength)) + forInput;
        var memory = ThreadMemory.Get(length);
        // the elements around images and between rows stay zero for all images
        NativeMemory.Clear(memory, (nuint)length * sizeof(float));
        for (var part = from; part < to; part++)
            work->Part((int)(part * work->_images / parts), (int)((part + 1) * work->_images / parts), memory, work->_parts + (part * PartLength(work->_shape)));
    }

    private void Part(int from, int to, float* images, float* sums)
    {
        var group = Group;
        var gradients = images + ((long)group * _shape.PaddedLength);
        var padded = gradients + ((long)group * _shape.ResultLength);
        new Span<float>(sums, PartLength(_shape)).Clear();
        var biasSums = sums + PartLength(_shape) - ConvolutionShape.Align(_shape.Outputs);
        for (var image = from; image < to; image += group)
        {
            var count = Math.Min(group, to - image);
            for (var i = 0; i < count; i++)
            {
                ConvolutionForward.Pad(_shape, _input + ((long)(image + i) * _shape.Channels * _shape.Height * _shape.Width), images + (i * (long)_shape.PaddedLength));
                _gradient.Write(_shape, image + i, gradients + (i * (long)_shape.ResultLength), _shape.Vectors * ConvolutionTiles.Lanes, _shape.Pitch, biasSums);
                if (_inputGradient is not null)
                    ForInput(image + i, padded);
            }
            if (!IsFinite(images, count * _shape.PaddedLength))
                _isFinite = false;
            ForWeight(images, gradients, count, sums);
        }
        // a gradient that is not finite makes the sum of its channel infinite or NaN
        for (var output = 0; output < _shape.Outputs; output++)
        {
            if (!float.IsFinite(biasSums[output]))
                _isFinite = false;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsFinite(float* values, int count)
    {
        var rest = Vector256<float>.Zero;
        for (var i = 0; i < count; i += Vector256<float>.Count)
        {
            var value = Vector256.LoadAligned(values + i);
            rest += value - value;
        }
        return Vector256.EqualsAll(rest, Vector256<float>.Zero);
    }

    private readonly void ForWeight(float* images, float* gradients, int count, float* sums)
    {
        var (vectors, length, steps) = (_shape.Vectors, _shape.Length, Steps(_shape));
        nint stride = vectors * ConvolutionTiles.Lanes;
        // the gradients of a block of channels stay in the cache
        for (nint block = 0; block < _shape.OutputBlocks; block++)
        {
            for (var k = 0; k < length; k += ConvolutionTiles.Steps)
            {
                ConvolutionTiles.ForWeight(
                    gradients + (block * ConvolutionTiles.Rows * stride), stride, _shape.ResultLength, images, _shape.PaddedLength, _offsets + k, vectors, count,
                    sums + (((block * steps) + k) * ConvolutionTiles.Rows));
            }
        }
    }

    private readonly void ForInput(int image, float* padded)
    {
        var shape = _shapeForInput;
        _gradient.Write(_shape, image, padded + shape.Margin, shape.Plane, shape.Pitch, null);
        var outputs = padded + shape.PaddedLength;
        ConvolutionForward.Compute(shape, padded, _weightsForInput, _noBias, _offsetsForInput, outputs);
        var plane = shape.OutHeight * shape.OutWidth;
        var target = _inputGradient + ((long)image * shape.Outputs * plane);
        for (var channel = 0; channel < shape.Outputs; channel++)
        {
            ImageRows.Copy(outputs, shape.Pitch, target, shape.OutWidth, shape.OutHeight, shape.OutWidth, false);
            outputs += shape.Vectors * ConvolutionTiles.Lanes;
            target += plane;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddParts(in ConvolutionShape shape, float* parts, int count, float* weightGradient, float* biasGradient)
    {
        var size = PartLength(shape);
        for (var part = 1; part < count; part++)
        {
            var added = parts + ((long)part * size);
            for (var i = 0; i < size; i += Vector256<float>.Count)
                (Vector256.Load(parts + i) + Vector256.Load(added + i)).Store(parts + i);
        }
        var (length, steps) = (shape.Length, Steps(shape));
        for (var output = 0; output < shape.Outputs; output++)
        {
            var source = parts + ((long)(output / ConvolutionTiles.Rows) * steps * ConvolutionTiles.Rows) + (output % ConvolutionTiles.Rows);
            for (var k = 0; k < length; k++)
            {
                *weightGradient++ = *source;
                source += ConvolutionTiles.Rows;
            }
        }
        if (biasGradient is not null)
            new ReadOnlySpan<float>(parts + size - ConvolutionShape.Align(shape.Outputs), shape.Outputs).CopyTo(new(biasGradient, shape.Outputs));
    }
}
