using System.Runtime.InteropServices;
using TorchSharp.Extras.Native;
using TorchSharp.Extras.Native.Kernels;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Autograd;

/// <summary>The forward and the backward pass of a sequence of linear layers and ReLUs, by the products of this library.</summary>
internal sealed unsafe class DensePass : IDisposable
{
    private readonly List<DenseLayer> _layers = [];
    private Tensor? _input;
    private int _samples;
    private float* _memory;
    private long _capacity;

    ~DensePass() => NativeMemory.AlignedFree(_memory);

    /// <summary>Computes the outputs of a sequence without hooks; null if a layer or the input is of another kind.</summary>
    public Tensor? TryForward(Sequential layers, Tensor input)
    {
        if (!DenseLayers.TryCollect(layers, input, _layers, out _samples))
            return null;
        _input = input;
        Reserve();
        var outputs = NativeTensor.Empty([_samples, _layers[^1].Outputs], ScalarType.Float32);
        var memory = _memory;
        var x = (float*)new NativeTensor(input.Handle).Data;
        var layerSpan = CollectionsMarshal.AsSpan(_layers);
        for (var i = 0; i < layerSpan.Length; i++)
        {
            ref var layer = ref layerSpan[i];
            var isLast = i == layerSpan.Length - 1;
            layer.Input = x;
            layer.Result = isLast ? (float*)outputs.Data : memory;
            memory += isLast ? 0 : Size(layer.Outputs);
            MatrixProduct.Forward(x, layer.WeightData, layer.BiasData, layer.Result, _samples, layer.Outputs, layer.Inputs);
            if (layer.HasRelu)
                Elementwise.Relu(layer.Result, (long)_samples * layer.Outputs);
            x = layer.Result;
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
        // two gradients of results, behind the results
        var next = _memory + ResultsSize();
        var after = next + LargestSize();
        for (var i = _layers.Count - 1; i >= 0; i--)
        {
            var layer = _layers[i];
            if (layer.HasRelu)
            {
                var masked = i == _layers.Count - 1 ? next : g;
                Elementwise.ReluGradient(g, layer.Result, masked, (long)_samples * layer.Outputs);
                g = masked;
            }
            AddGradients(layer, g);
            if (i == 0)
                break;
            var target = g == next ? after : next;
            MatrixProduct.ForInput(g, layer.WeightData, target, _samples, layer.Outputs, layer.Inputs);
            g = target;
        }
        GC.KeepAlive(_input);
        GC.KeepAlive(this);
        (_input, _samples) = (null, 0);
        _layers.Clear();
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
        (_capacity, _input) = (0, null);
        _layers.Clear();
        GC.SuppressFinalize(this);
    }

    private void AddGradients(in DenseLayer layer, float* g)
    {
        var weight = NativeTensor.Empty([layer.Outputs, layer.Inputs], ScalarType.Float32);
        MatrixProduct.ForWeight(g, layer.Input, (float*)weight.Data, _samples, layer.Outputs, layer.Inputs);
        AddGradient(layer.Weight, weight);
        if (layer.Bias is not { } parameter)
            return;
        var bias = NativeTensor.Empty([layer.Outputs], ScalarType.Float32);
        Elementwise.SumRows(g, (float*)bias.Data, _samples, layer.Outputs);
        AddGradient(parameter, bias);
    }

    /// <summary>Makes a tensor the gradient of a parameter, or adds it to the one that the parameter has. The tensor is taken over.</summary>
    private static void AddGradient(Parameter parameter, NativeTensor gradient)
    {
        var before = TorchSharpNative.Gradient(parameter.Handle);
        if (before == 0)
        {
            TorchSharpNative.SetGradient(parameter.Handle, gradient.Handle);
            StableInterface.DeleteReference((ulong)gradient.Handle);
            return;
        }
        using var existing = Tensor.UnsafeCreateTensor(before);
        using var added = Tensor.UnsafeCreateTensor(gradient.Handle);
        using Scalar one = 1; // held over the call, where TorchSharp would not hold it
        using (no_grad())
            existing.add_(added, one);
    }

    private void Reserve()
    {
        var needed = ResultsSize() + (2 * LargestSize());
        if (needed <= _capacity)
            return;
        NativeMemory.AlignedFree(_memory);
        _memory = null;
        _memory = (float*)NativeMemory.AlignedAlloc((nuint)needed * sizeof(float), 64);
        _capacity = needed;
    }

    // the last results are in a tensor
    private long ResultsSize() => _layers.Take(_layers.Count - 1).Sum(layer => Size(layer.Outputs));

    private long LargestSize() => _layers.Max(layer => Size(layer.Outputs));

    // each matrix starts at a multiple of 64 bytes
    private long Size(int columns) => (((long)_samples * columns) + 15) & ~15L;
}
