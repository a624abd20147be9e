using TorchSharp.Extras.Modules;
using TorchSharp.Extras.Native.Kernels;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Autograd;

/// <summary>A linear layer, perhaps with a ReLU, by the products of this library.</summary>
internal sealed unsafe class DenseLayer : DirectLayer
{
    private int Features => Output.Count;

    /// <summary>Takes over a linear layer.</summary>
    /// <returns>Whether it has no hooks, and its sizes and types are those that the products of this library take.</returns>
    public bool TryTake(Linear linear, int samples, SampleShape input)
    {
        if (!input.IsFlat || ModuleHooks.HasAny(linear) || !TrySet(linear.weight, linear.bias))
            return false;
        var shape = new NativeTensor(linear.weight.Handle).Sizes;
        if (shape.Length != 2 || shape[1] != input.Count || !MatrixProduct.Fits(samples, shape[0], shape[1]))
            return false;
        (Input, Output) = (input, SampleShape.Flat((int)shape[0]));
        return true;
    }

    public override void Forward(int samples)
    {
        MatrixProduct.Forward(Inputs, WeightData, BiasData, Results, samples, Features, Input.Count);
        if (HasRelu)
            Elementwise.Relu(Results, (long)samples * Features);
    }

    public override void Backward(float* gradient, float* changed, float* target, int samples)
    {
        if (HasRelu)
        {
            Elementwise.ReluGradient(gradient, Results, changed, (long)samples * Features);
            gradient = changed;
        }
        var weight = NativeTensor.Empty([Features, Input.Count], ScalarType.Float32);
        MatrixProduct.ForWeight(gradient, Inputs, (float*)weight.Data, samples, Features, Input.Count);
        AddGradient(Weight!, weight);
        if (Bias is { } parameter)
        {
            var bias = NativeTensor.Empty([Features], ScalarType.Float32);
            Elementwise.SumRows(gradient, (float*)bias.Data, samples, Features);
            AddGradient(parameter, bias);
        }
        if (target is not null)
            MatrixProduct.ForInput(gradient, WeightData, target, samples, Features, Input.Count);
    }

    public override void Dispose()
    {
    }
}
