using System.Runtime.CompilerServices;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>The weights of a convolution in the order in which the kernels read them.</summary>
/// <remarks>The weights of eight output channels are neighbors: [blocks, length, 8], with zeros for channels after the last.</remarks>
internal sealed unsafe class ConvolutionWeights : IDisposable
{
    private readonly NativeBuffer _buffer = new();
    private ConvolutionShape _shape;

    /// <summary>Gets the weights of the convolution.</summary>
    public float* Forward { get; private set; }

    /// <summary>Gets the weights of the convolution that computes the gradient of the input, in the shape <see cref="ConvolutionShape.ForInput"/>.</summary>
    public float* ForInput { get; private set; }

    /// <summary>Gets the bias of each output channel; zeros for a convolution without a bias.</summary>
    public float* Bias { get; private set; }

    /// <summary>Gets zeros, a bias for the gradient of the input.</summary>
    public float* NoBias { get; private set; }

    /// <summary>Gets the distance of the pixel of each weight of <see cref="Forward"/>. Two more repeat the last.</summary>
    public int* Offsets { get; private set; }

    /// <summary>Gets the distance of the element of each weight of <see cref="ForInput"/>.</summary>
    public int* OffsetsForInput { get; private set; }

    /// <summary>Copies weights.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="weight">The weights, [outputs, channels, height, width].</param>
    /// <param name="bias">The bias, [outputs]; null for none.</param>
    /// <returns>Whether all weights are finite. The kernels multiply weights by the zeros around an image, which must give 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryPack(in ConvolutionShape shape, float* weight, float* bias)
    {
        Reserve(shape);
        new Span<float>(Bias, Rounded(shape.Outputs)).Clear();
        if (bias is not null)
            new ReadOnlySpan<float>(bias, shape.Outputs).CopyTo(new(Bias, shape.Outputs));
        var window = shape.KernelHeight * shape.KernelWidth;
        var (length, lengthForInput) = (shape.Length, shape.Outputs * window);
        var rest = 0f;
        for (var output = 0; output < shape.Outputs; output++)
        {
            var target = Forward + Place(output, length);
            for (var channel = 0; channel < shape.Channels; channel++)
            {
                var reversed = ForInput + Place(channel, lengthForInput) + (((long)output + 1) * window * ConvolutionTiles.Rows);
                for (var k = 0; k < window; k++)
                {
                    var value = *weight++;
                    rest += value - value;
                    *target = value;
                    target += ConvolutionTiles.Rows;
                    reversed -= ConvolutionTiles.Rows;
                    *reversed = value;
                }
            }
        }
        return rest == 0;
    }

    public void Dispose()
    {
        _buffer.Dispose();
        _shape = default;
    }

    private void Reserve(in ConvolutionShape shape)
    {
        if (shape == _shape)
            return;
        var forInput = shape.ForInput;
        int weights = ConvolutionShape.Align(shape.PackedLength), weightsForInput = ConvolutionShape.Align(forInput.PackedLength);
        int biases = ConvolutionShape.Align(Rounded(shape.Outputs)), zeros = ConvolutionShape.Align(Rounded(shape.Channels));
        int offsets = ConvolutionShape.Align(shape.Length + ConvolutionTiles.Steps), offsetsForInput = ConvolutionShape.Align(forInput.Length);
        Forward = _buffer.Reserve((long)weights + weightsForInput + biases + zeros + offsets + offsetsForInput);
        ForInput = Forward + weights;
        Bias = ForInput + weightsForInput;
        NoBias = Bias + biases;
        Offsets = (int*)(NoBias + zeros);
        OffsetsForInput = Offsets + offsets;
        new Span<float>(Forward, weights + weightsForInput + biases + zeros).Clear();
        SetOffsets(shape, Offsets);
        SetOffsets(forInput, OffsetsForInput);
        for (var i = 0; i < ConvolutionTiles.Steps - 1; i++)
            Offsets[shape.Length + i] = Offsets[shape.Length - 1];
        _shape = shape;
    }

    private static void SetOffsets(in ConvolutionShape shape, int* offsets)
    {
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            for (var row = 0; row < shape.KernelHeight; row++)
            {
                for (var column = 0; column < shape.KernelWidth; column++)
                    *offsets++ = (channel * shape.Plane) + (row * shape.Pitch) + column;
            }
        }
    }

    private static long Place(int output, long length) => (output / ConvolutionTiles.Rows * length * ConvolutionTiles.Rows) + (output % ConvolutionTiles.Rows);

    private static int Rounded(int count) => ConvolutionShape.Blocks(count, ConvolutionTiles.Rows) * ConvolutionTiles.Rows;
}
