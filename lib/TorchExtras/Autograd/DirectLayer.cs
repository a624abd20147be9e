using TorchSharp.Extras.Native;
using TorchSharp.Extras.Native.Kernels;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Autograd;

/// <summary>The sizes of a sample between two layers.</summary>
/// <param name="Channels">The number of channels, or of features where the sample is flat.</param>
/// <param name="Height">The height of an image; 1 where the sample is flat.</param>
/// <param name="Width">The width of an image; 1 where the sample is flat.</param>
/// <param name="IsFlat">Whether a batch has two dimensions, [samples, features]; otherwise four, [samples, channels, height, width].</param>
internal readonly record struct SampleShape(int Channels, int Height, int Width, bool IsFlat)
{
    /// <summary>Gets the number of elements of a sample.</summary>
    public int Count => Channels * Height * Width;

    /// <summary>Returns the shape of a sample without dimensions.</summary>
    public static SampleShape Flat(int features) => new(features, 1, 1, true);
}

/// <summary>A layer in a pass without an autograd graph, with the functions that follow it.</summary>
internal abstract unsafe class DirectLayer : IDisposable
{
    /// <summary>Gets the sizes of a sample of the input.</summary>
    public SampleShape Input { get; protected set; }

    /// <summary>Gets the sizes of a sample of the result.</summary>
    public SampleShape Output { get; protected set; }

    /// <summary>Gets or sets the address of the input.</summary>
    public float* Inputs { get; set; }

    /// <summary>Gets or sets the address of the result.</summary>
    public float* Results { get; set; }

    /// <summary>Gets whether a ReLU follows.</summary>
    public bool HasRelu { get; private set; }

    /// <summary>Gets the weight; null if the layer has none.</summary>
    public Parameter? Weight { get; private set; }

    /// <summary>Gets the bias; null if the layer has none.</summary>
    public Parameter? Bias { get; private set; }

    /// <summary>Gets the address of the weight.</summary>
    public float* WeightData { get; private set; }

    /// <summary>Gets the address of the bias; null if the layer has none.</summary>
    public float* BiasData { get; private set; }

    /// <summary>Adds a ReLU.</summary>
    /// <returns>Whether the layer can compute it.</returns>
    public virtual bool TryAddRelu() => HasRelu = true;

    /// <summary>Adds a pooling.</summary>
    /// <returns>Whether the layer can compute it.</returns>
    public virtual bool TryAdd(MaxPool2d pooling) => false;

    /// <summary>Computes the results from the inputs.</summary>
    public abstract void Forward(int samples);

    /// <summary>Adds the gradients of the parameters, and computes the gradient of the inputs.</summary>
    /// <param name="gradient">The gradient of the results.</param>
    /// <param name="changed">Memory for a changed gradient of the results. It may be that of <paramref name="gradient"/>.</param>
    /// <param name="target">Takes the gradient of the inputs; null if it is not needed.</param>
    /// <param name="samples">The number of samples.</param>
    public abstract void Backward(float* gradient, float* changed, float* target, int samples);

    /// <summary>Ends a step.</summary>
    public virtual void End()
    {
    }

    /// <summary>Frees the memory of the layer.</summary>
    public abstract void Dispose();

    /// <summary>Sets the parameters.</summary>
    /// <returns>Whether both are trained, contiguous Float32 tensors on the CPU, and the bias has one element for each output.</returns>
    protected bool TrySet(Parameter? weight, Parameter? bias)
    {
        HasRelu = false;
        (Weight, Bias) = (weight, bias);
        WeightData = BiasData = null;
        if (weight is null)
            return true;
        if (!IsTrained(weight) || (bias is not null && !IsTrained(bias)))
            return false;
        var native = new NativeTensor(weight.Handle);
        WeightData = (float*)native.Data;
        if (bias is null)
            return true;
        var added = new NativeTensor(bias.Handle);
        BiasData = (float*)added.Data;
        return native.Sizes.Length > 0 && added.Sizes.Length == 1 && added.Sizes[0] == native.Sizes[0];
    }

    /// <summary>Makes a tensor the gradient of a parameter, or adds it to the one that the parameter has. The tensor is taken over.</summary>
    protected static void AddGradient(Parameter parameter, NativeTensor gradient)
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

    private static bool IsTrained(Parameter parameter)
    {
        if (parameter.IsInvalid)
            return false;
        var native = new NativeTensor(parameter.Handle);
        return native.IsOnCpu && native.IsStrided && LinearShapes.IsPlain(native) && TorchSharpNative.RequiresGradient(parameter.Handle)
            && TorchSharpNative.IsLeaf(parameter.Handle);
    }
}
