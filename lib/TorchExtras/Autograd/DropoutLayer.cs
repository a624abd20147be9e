using TorchSharp.Extras.Modules;
using TorchSharp.Extras.Native.Kernels;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Autograd;

/// <summary>A dropout in training, with the random numbers that libtorch would use.</summary>
internal sealed unsafe class DropoutLayer : DirectLayer
{
    private double _probability;
    private Tensor? _noise;

    private float* Noise => (float*)new NativeTensor(_noise!.Handle).Data;

    /// <summary>Takes over a dropout.</summary>
    /// <returns>Whether it has no hooks, and its probability is between 0 and 1, both excluded.</returns>
    public bool TryTake(Dropout dropout, SampleShape input)
    {
        if (ModuleHooks.HasAny(dropout) || dropout.p is not (> 0 and < 1) || !TrySet(null, null))
            return false;
        (Input, Output, _probability) = (input, input, dropout.p);
        return true;
    }

    public override bool TryAddRelu() => false;

    public override void Forward(int samples)
    {
        using var untracked = no_grad();
        using var kept = ones(samples, Input.Count, dtype: ScalarType.Float32);
        // libtorch multiplies the input by such numbers: 0 for a dropped element, 1 / (1 - p) for another
        _noise = nn.functional.dropout(kept, _probability, training: true).DetachFromDisposeScope();
        Elementwise.Multiply(Inputs, Noise, Results, (long)samples * Input.Count);
    }

    public override void Backward(float* gradient, float* changed, float* target, int samples)
    {
        if (target is not null)
            Elementwise.Multiply(gradient, Noise, target, (long)samples * Input.Count);
    }

    public override void End()
    {
        _noise?.Dispose();
        _noise = null;
    }

    public override void Dispose() => End();
}
