using TorchSharp.Extras.Modules;
using TorchSharp.Extras.Native.Kernels;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Autograd;

/// <summary>The forward and the backward pass of a sequence of layers, by the kernels of this library.</summary>
internal sealed unsafe class DirectPass : IDisposable
{
    private readonly DirectLayers _layers = new();
    private readonly NativeBuffer _buffer = new();
    private Tensor? _input;
    private float* _gradients;

    /// <summary>Computes the outputs of layers; null if a layer or the input is of another kind.</summary>
    public Tensor? TryForward(LayerSequence layers, Tensor input)
    {
        End();
        if (!_layers.TryCollect(layers, input))
            return null;
        _input = input;
        var samples = _layers.Samples;
        var last = _layers[_layers.Count - 1];
        var memory = Reserve();
        var outputs = NativeTensor.Empty(Shape(last.Output), ScalarType.Float32);
        var x = (float*)new NativeTensor(input.Handle).Data;
        for (var i = 0; i < _layers.Count; i++)
        {
            var layer = _layers[i];
            layer.Inputs = x;
            layer.Results = layer == last ? (float*)outputs.Data : memory;
            memory += layer == last ? 0 : Size(layer.Output);
            layer.Forward(samples);
            x = layer.Results;
        }
        var result = Tensor.UnsafeCreateTensor(outputs.Handle);
        result.requires_grad = true;
        return result;
    }

    /// <summary>Adds the gradients of the parameters.</summary>
    /// <param name="gradient">The gradient of the outputs that were returned last.</param>
    public void Backward(Tensor gradient)
    {
        using var dense = gradient.contiguous();
        var g = (float*)new NativeTensor(dense.Handle).Data;
        // two gradients of results, which the layers use in turns
        var next = _gradients;
        var after = next + LargestSize();
        for (var i = _layers.Count - 1; i >= 0; i--)
        {
            var changed = i == _layers.Count - 1 ? next : g;
            var target = i == 0 ? null : changed == next ? after : next;
            _layers[i].Backward(g, changed, target, _layers.Samples);
            g = target;
        }
        GC.KeepAlive(_input);
        End();
    }

    public void Dispose()
    {
        End();
        _layers.Dispose();
        _buffer.Dispose();
    }

    private void End()
    {
        _input = null;
        for (var i = 0; i < _layers.Count; i++)
            _layers[i].End();
    }

    /// <summary>Returns the memory of the results of all layers but the last, whose results are in a tensor. The gradients are behind it.</summary>
    private float* Reserve()
    {
        var results = 0L;
        for (var i = 0; i < _layers.Count - 1; i++)
            results += Size(_layers[i].Output);
        var memory = _buffer.Reserve(results + (2 * LargestSize()));
        _gradients = memory + results;
        return memory;
    }

    private long LargestSize()
    {
        var largest = 0L;
        for (var i = 0; i < _layers.Count; i++)
            largest = Math.Max(largest, Size(_layers[i].Output));
        return largest;
    }

    // each result starts at a multiple of 64 bytes
    private long Size(in SampleShape shape) => (((long)_layers.Samples * shape.Count) + 15) & ~15L;

    private long[] Shape(in SampleShape shape) =>
        shape.IsFlat ? [_layers.Samples, shape.Channels] : [_layers.Samples, shape.Channels, shape.Height, shape.Width];
}
