using TorchSharp.Extras.Modules;
using TorchSharp.Extras.Native.Kernels;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Autograd;

/// <summary>The layers of a sequence that a pass without an autograd graph computes.</summary>
internal sealed unsafe class DirectLayers : IDisposable
{
    // objects of earlier batches, which are used again for layers of the same type
    private readonly List<DirectLayer> _layers = [];
    private SampleShape _shape;
    private bool _isKnown;

    /// <summary>Gets the number of layers of the current batch.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the number of samples of the current batch.</summary>
    public int Samples { get; private set; }

    /// <summary>Gets a layer of the current batch.</summary>
    public DirectLayer this[int index] => _layers[index];

    /// <summary>Collects the layers of a model.</summary>
    /// <param name="modules">The modules that the model calls.</param>
    /// <param name="input">The input of the first.</param>
    /// <returns>Whether all are TorchSharp's own, without hooks, and their shapes and types are those that the kernels of this library take.</returns>
    public bool TryCollect(LayerSequence modules, Tensor input)
    {
        Count = 0;
        if (input.IsInvalid || TorchSharpNative.RequiresGradient(input.Handle))
            return false;
        var native = new NativeTensor(input.Handle);
        var sizes = native.Sizes;
        if (sizes.Length < 2 || sizes[0] is 0 or > int.MaxValue || Product(sizes[1..]) > int.MaxValue || !native.IsOnCpu || !native.IsStrided
            || !LinearShapes.IsPlain(native))
        {
            return false;
        }
        Samples = (int)sizes[0];
        // images of other dimensions can only be flattened
        (_shape, _isKnown) = sizes.Length switch
        {
            2 => (SampleShape.Flat((int)sizes[1]), true),
            4 => (new((int)sizes[1], (int)sizes[2], (int)sizes[3], false), true),
            _ => (new((int)Product(sizes[1..]), 1, 1, false), false),
        };
        for (var i = 0; i < modules.Count; i++)
        {
            if (!TryAdd(modules[i]))
                return false;
        }
        return Count > 0;
    }

    public void Dispose()
    {
        foreach (var layer in _layers)
            layer.Dispose();
        _layers.Clear();
        Count = 0;
    }

    /// <summary>Returns whether a module is a sequence of TorchSharp or of this library, not a class with a <c>forward</c> of its own.</summary>
    public static bool IsPlain(object module) =>
        module.GetType() == typeof(Sequential) || module.GetType() == typeof(TorchSharp.Modules.Fused.Sequential);

    private bool TryAdd(object module)
    {
        switch (module)
        {
            case Sequential sequence when IsPlain(sequence) && !ModuleHooks.HasAny(sequence):
                for (var i = 0; i < sequence.Count; i++)
                {
                    if (!TryAdd(sequence[i]))
                        return false;
                }
                return true;
            case Flatten { start_dim: 1, end_dim: -1 } flatten when flatten.GetType() == typeof(Flatten) && !ModuleHooks.HasAny(flatten):
                (_shape, _isKnown) = (SampleShape.Flat(_shape.Count), true);
                return true;
            case ReLU relu:
                return Count > 0 && relu.GetType() == typeof(ReLU) && !ModuleHooks.HasAny(relu) && _layers[Count - 1].TryAddRelu();
            case MaxPool2d pooling:
                if (Count == 0 || _shape.IsFlat || !_layers[Count - 1].TryAdd(pooling))
                    return false;
                _shape = _layers[Count - 1].Output;
                return true;
            case Dropout dropout when !dropout.training || dropout.p == 0:
                return !ModuleHooks.HasAny(dropout);
            default:
                return _isKnown && TryTake(module);
        }
    }

    private bool TryTake(object module)
    {
        var isTaken = module switch
        {
            Linear linear => linear.GetType() == typeof(Linear) && Next<DenseLayer>().TryTake(linear, Samples, _shape),
            Conv2d convolution => convolution.GetType() == typeof(Conv2d) && Next<ConvolutionLayer>().TryTake(convolution, _shape),
            Dropout dropout => Next<DropoutLayer>().TryTake(dropout, _shape),
            _ => false,
        };
        if (!isTaken || IsTwice(_layers[Count]))
            return false;
        _shape = _layers[Count++].Output;
        return true;
    }

    private T Next<T>()
        where T : DirectLayer, new()
    {
        if (Count == _layers.Count)
            _layers.Add(new T());
        if (_layers[Count] is T layer)
            return layer;
        _layers[Count].Dispose();
        layer = new T();
        _layers[Count] = layer;
        return layer;
    }

    // the gradients of a parameter of two layers are added up, which is left to automatic differentiation
    private bool IsTwice(DirectLayer layer)
    {
        if (layer.WeightData is null)
            return false;
        for (var i = 0; i < Count; i++)
        {
            if (_layers[i].WeightData == layer.WeightData || (layer.BiasData is not null && _layers[i].BiasData == layer.BiasData))
                return true;
        }
        return false;
    }

    private static long Product(ReadOnlySpan<long> sizes)
    {
        var product = 1L;
        foreach (var size in sizes)
            product *= size;
        return product;
    }
}
