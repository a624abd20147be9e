using TorchSharp.Extras.Modules;
using TorchSharp.Extras.Native;
using TorchSharp.Extras.Native.Kernels;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Autograd;

/// <summary>A convolution, perhaps with a ReLU and a max pooling of two by two, by the kernels of this library.</summary>
internal sealed unsafe class ConvolutionLayer : DirectLayer
{
    private readonly ConvolutionWeights _weights = new();
    private readonly NativeBuffer _winnerMemory = new();
    private readonly NativeBuffer _parts = new();
    private ConvolutionShape _shape;
    private bool _isPooled;
    private byte* _winners;

    private ConvolutionGradient GradientOf(float* gradient) => new(gradient, HasRelu ? Results : null, _winners);

    /// <summary>Takes over a convolution.</summary>
    /// <returns>Whether it has no hooks, its sizes and types are those that the kernels of this library take, and its weights are finite.</returns>
    public bool TryTake(Conv2d convolution, SampleShape input)
    {
        if (input.IsFlat || ModuleHooks.HasAny(convolution) || !IsUsual(convolution) || !TrySet(convolution.weight, convolution.bias))
            return false;
        var sizes = new NativeTensor(convolution.weight.Handle).Sizes;
        if (sizes.Length != 4 || sizes[1] != input.Channels || sizes[0] > int.MaxValue || sizes[2] > int.MaxValue || sizes[3] > int.MaxValue)
            return false;
        var padding = convolution.padding!;
        if (padding[0] > int.MaxValue || padding[1] > int.MaxValue)
            return false;
        _shape = new ConvolutionShape(
            input.Channels, input.Height, input.Width, (int)sizes[0], (int)sizes[2], (int)sizes[3], (int)padding[0], (int)padding[1]);
        if (!_shape.IsSupported || !_weights.TryPack(_shape, WeightData, BiasData))
            return false;
        _isPooled = false;
        (Input, Output) = (input, new SampleShape(_shape.Outputs, _shape.OutHeight, _shape.OutWidth, false));
        return true;
    }

    public override bool TryAdd(MaxPool2d pooling)
    {
        if (_isPooled || !IsTwoByTwo(pooling) || ModuleHooks.HasAny(pooling) || Output.Height < 2 || Output.Width < 2)
            return false;
        _isPooled = true;
        Output = Output with { Height = Output.Height / 2, Width = Output.Width / 2 };
        return true;
    }

    public override void Forward(int samples)
    {
        var bytes = (long)samples * Output.Channels * Output.Height * PooledRows.WinnerPitch(Output.Width);
        _winners = _isPooled ? (byte*)_winnerMemory.Reserve((bytes + sizeof(float) - 1) / sizeof(float)) : null;
        ConvolutionForward.Run(_shape, Inputs, samples, _weights, HasRelu, Results, _winners);
    }

    public override void Backward(float* gradient, float* changed, float* target, int samples)
    {
        var source = GradientOf(gradient);
        var weight = NativeTensor.Empty([_shape.Outputs, _shape.Channels, _shape.KernelHeight, _shape.KernelWidth], ScalarType.Float32);
        var bias = Bias is null ? default(NativeTensor?) : NativeTensor.Empty([_shape.Outputs], ScalarType.Float32);
        var isFinite = ConvolutionBackward.Run(
            _shape, Inputs, source, samples, _weights, target, (float*)weight.Data, bias is { } sums ? (float*)sums.Data : null,
            _parts.Reserve(ConvolutionBackward.PartsLength(_shape, samples)));
        if (!isFinite)
            ComputeByLibTorch(source, samples, weight);
        AddGradient(Weight!, weight);
        if (bias is { } added)
            AddGradient(Bias!, added);
    }

    public override void Dispose()
    {
        _weights.Dispose();
        _winnerMemory.Dispose();
        _parts.Dispose();
    }

    private void ComputeByLibTorch(ConvolutionGradient source, int samples, NativeTensor target)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var outputs = zeros(samples, _shape.Outputs, _shape.OutHeight, _shape.OutWidth);
        var inputs = empty(samples, _shape.Channels, _shape.Height, _shape.Width);
        var (g, x) = ((nint)new NativeTensor(outputs.Handle).Data, (nint)new NativeTensor(inputs.Handle).Data);
        var count = (long)samples * Input.Count * sizeof(float);
        Buffer.MemoryCopy(Inputs, (void*)x, count, count);
        var plane = _shape.OutHeight * _shape.OutWidth;
        for (var sample = 0; sample < samples; sample++)
            source.Write(_shape, sample, (float*)g + ((long)sample * _shape.Outputs * plane), plane, _shape.OutWidth, null);
        var gradient = ConvolutionOperator.WeightGradient(_shape, outputs, inputs, Weight!).contiguous();
        var size = gradient.numel() * sizeof(float);
        Buffer.MemoryCopy(new NativeTensor(gradient.Handle).Data, target.Data, size, size);
        GC.KeepAlive(outputs);
        GC.KeepAlive(inputs);
        GC.KeepAlive(gradient);
    }

    private static bool IsUsual(Conv2d convolution) =>
        convolution.groups == 1 && convolution.padding_mode == PaddingModes.Zeros && convolution.padding is { Length: 2 }
        && convolution.stride is [1, 1] && convolution.dilation is [1, 1];

    private static bool IsTwoByTwo(MaxPool2d pooling) =>
        pooling.kernel_size is [2, 2] or [2] && pooling.stride is null or [] or [2, 2] or [2] && pooling.padding is null or [] or [0, 0] or [0]
        && pooling.dilation is null or [] or [1, 1] or [1] && !pooling.ceil_mode;
}
