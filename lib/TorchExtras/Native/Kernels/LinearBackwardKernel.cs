using System.Runtime.InteropServices;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>The kernel of <c>aten::linear_backward</c> on the CPU: the gradients of a linear layer.</summary>
internal static unsafe class LinearBackwardKernel
{
    [UnmanagedCallersOnly]
    public static void Run(ulong* stack, ulong arguments, ulong results)
    {
        var (input, gradient, weight) = (new NativeTensor((nint)stack[0]), new NativeTensor((nint)stack[1]), new NativeTensor((nint)stack[2]));
        var wanted = KernelArguments.Flags(stack[3]);
        var gradients = new Gradients();
        try
        {
            gradients = Compute(input, gradient, weight, wanted);
        }
        catch (Exception)
        {
            // no exception may cross into native code: without a result, the backward pass reports a missing gradient
        }
        StableInterface.DeleteReference((ulong)input.Handle);
        StableInterface.DeleteReference((ulong)gradient.Handle);
        StableInterface.DeleteReference((ulong)weight.Handle);
        StableInterface.DeleteList(stack[3]);
        stack[0] = (ulong)(gradients.Input ?? NativeTensor.Undefined()).Handle;
        stack[1] = (ulong)(gradients.Weight ?? NativeTensor.Undefined()).Handle;
        stack[2] = (ulong)(gradients.Bias ?? NativeTensor.Undefined()).Handle;
    }

    private static Gradients Compute(NativeTensor input, NativeTensor gradient, NativeTensor weight, (bool Input, bool Weight, bool Bias) wanted)
    {
        var sizes = input.Sizes;
        var matrix = weight.Sizes;
        var samples = LinearShapes.Samples(sizes);
        if (matrix.Length != 2)
            return ForVector(input, gradient, weight, wanted);
        var (outputs, inputs) = (matrix[0], matrix[1]);
        if (!MatrixProduct.Fits(samples, outputs, inputs) || !LinearShapes.IsPlain(input) || !LinearShapes.IsPlain(weight)
            || gradient.Type != torch.ScalarType.Float32)
        {
            return ByProducts(input, gradient, weight, wanted, [samples, inputs], [samples, outputs]);
        }
        using var owned = new OwnedTensors();
        var dense = gradient.IsContiguous ? gradient : new NativeTensor(owned.Add(TorchSharpNative.Contiguous(gradient.Handle)));
        return Products(input, dense, weight, wanted, (int)samples, (int)outputs, (int)inputs);
    }

    private static Gradients Products(
        NativeTensor input, NativeTensor gradient, NativeTensor weight, (bool Input, bool Weight, bool Bias) wanted, int samples, int outputs, int inputs)
    {
        var gradients = new Gradients();
        if (wanted.Input)
        {
            gradients.Input = NativeTensor.Empty(input.Sizes, torch.ScalarType.Float32);
            MatrixProduct.ForInput((float*)gradient.Data, (float*)weight.Data, (float*)gradients.Input.Value.Data, samples, outputs, inputs);
        }
        if (wanted.Weight)
        {
            gradients.Weight = NativeTensor.Empty(weight.Sizes, torch.ScalarType.Float32);
            MatrixProduct.ForWeight((float*)gradient.Data, (float*)input.Data, (float*)gradients.Weight.Value.Data, samples, outputs, inputs);
        }
        if (wanted.Bias)
        {
            gradients.Bias = NativeTensor.Empty([outputs], torch.ScalarType.Float32);
            Elementwise.SumRows((float*)gradient.Data, (float*)gradients.Bias.Value.Data, samples, outputs);
        }
        return gradients;
    }

    private static Gradients ByProducts(
        NativeTensor input, NativeTensor gradient, NativeTensor weight, (bool Input, bool Weight, bool Bias) wanted, ReadOnlySpan<long> flatInput,
        ReadOnlySpan<long> flatGradient)
    {
        using var owned = new OwnedTensors();
        var isFlat = input.Sizes.Length == 2;
        var rows = isFlat ? gradient.Handle : owned.Add(TorchSharpNative.Reshaped(gradient.Handle, flatGradient));
        var gradients = new Gradients();
        if (wanted.Input)
        {
            var product = TorchSharpNative.Product(rows, weight.Handle);
            gradients.Input = NativeTensor.Of(isFlat ? product : TorchSharpNative.Reshaped(owned.Add(product), input.Sizes));
        }
        if (wanted.Weight)
        {
            var samples = isFlat ? input.Handle : owned.Add(TorchSharpNative.Reshaped(input.Handle, flatInput));
            gradients.Weight = NativeTensor.Of(TorchSharpNative.Product(owned.Add(TorchSharpNative.Transposed(rows)), samples));
        }
        if (wanted.Bias)
            gradients.Bias = NativeTensor.Of(TorchSharpNative.SumOfRows(rows));
        return gradients;
    }

    /// <summary>Computes the gradients for a one-dimensional weight, whose single output has no dimension.</summary>
    private static Gradients ForVector(NativeTensor input, NativeTensor gradient, NativeTensor weight, (bool Input, bool Weight, bool Bias) wanted)
    {
        using var owned = new OwnedTensors();
        var inputs = weight.Sizes[0];
        var samples = LinearShapes.Samples(input.Sizes);
        var column = owned.Add(TorchSharpNative.Reshaped(gradient.Handle, [samples, 1]));
        var gradients = new Gradients();
        if (wanted.Input)
        {
            var row = owned.Add(TorchSharpNative.Reshaped(weight.Handle, [1, inputs]));
            gradients.Input = NativeTensor.Of(TorchSharpNative.Reshaped(owned.Add(TorchSharpNative.Product(column, row)), input.Sizes));
        }
        if (wanted.Weight)
        {
            var rows = owned.Add(TorchSharpNative.Reshaped(input.Handle, [samples, inputs]));
            var product = owned.Add(TorchSharpNative.Product(owned.Add(TorchSharpNative.Transposed(column)), rows));
            gradients.Weight = NativeTensor.Of(TorchSharpNative.Reshaped(product, [inputs]));
        }
        if (wanted.Bias)
            gradients.Bias = NativeTensor.Of(TorchSharpNative.Reshaped(owned.Add(TorchSharpNative.SumOfRows(column)), []));
        return gradients;
    }

    private struct Gradients
    {
        public NativeTensor? Input;
        public NativeTensor? Weight;
        public NativeTensor? Bias;
    }
}
