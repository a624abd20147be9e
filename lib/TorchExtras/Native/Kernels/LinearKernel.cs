using System.Runtime.InteropServices;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>The kernel of <c>aten::linear</c> on the CPU.</summary>
/// <remarks>
/// libtorch has no such kernel: it decomposes a linear layer into a transposition and a product, and its backward pass into five more operators. With
/// a CPU kernel, autograd records the layer as one operator, whose gradient is <see cref="LinearBackwardKernel"/>.
/// </remarks>
internal static unsafe class LinearKernel
{
    [UnmanagedCallersOnly]
    public static void Run(ulong* stack, ulong arguments, ulong results)
    {
        var (input, weight) = (new NativeTensor((nint)stack[0]), new NativeTensor((nint)stack[1]));
        var bias = KernelArguments.TakeOptional(stack[2]);
        NativeTensor result;
        try
        {
            result = Compute(input, weight, bias);
        }
        catch (Exception)
        {
            // no exception may cross into native code: without a result, TorchSharp throws the error that is set, or reports an empty handle
            result = NativeTensor.Undefined();
        }
        StableInterface.DeleteReference((ulong)input.Handle);
        StableInterface.DeleteReference((ulong)weight.Handle);
        if (bias is { } given)
            StableInterface.DeleteReference((ulong)given.Handle);
        stack[0] = (ulong)result.Handle;
    }

    private static NativeTensor Compute(NativeTensor input, NativeTensor weight, NativeTensor? bias)
    {
        var sizes = input.Sizes;
        var matrix = weight.Sizes;
        if (!AreUsual(input, weight, bias, sizes, matrix))
            return ByMatrixProduct(input, weight, bias);
        var (outputs, inputs) = (matrix[0], matrix[1]);
        var samples = LinearShapes.Samples(sizes);
        Span<long> shape = stackalloc long[sizes.Length];
        sizes.CopyTo(shape);
        shape[^1] = outputs;
        if (!MatrixProduct.Fits(samples, outputs, inputs) || !LinearShapes.IsPlain(input) || !LinearShapes.IsPlain(weight) || !(bias?.IsContiguous ?? true))
            return ByProduct(input, weight, bias, [samples, inputs], shape);
        var result = NativeTensor.Empty(shape, torch.ScalarType.Float32);
        MatrixProduct.Forward(
            (float*)input.Data, (float*)weight.Data, bias is { } added ? (float*)added.Data : null, (float*)result.Data, (int)samples, (int)outputs, (int)inputs);
        return result;
    }

    /// <summary>Returns whether the shapes and types are the usual ones of a linear layer; other shapes may be valid too.</summary>
    private static bool AreUsual(NativeTensor input, NativeTensor weight, NativeTensor? bias, ReadOnlySpan<long> sizes, ReadOnlySpan<long> matrix)
    {
        if (sizes.Length == 0 || matrix.Length != 2 || sizes[^1] != matrix[1])
            return false;
        var type = input.Type;
        if (type == torch.ScalarType.Bool || weight.Type != type)
            return false;
        return bias is not { } added || (added.Type == type && added.Sizes.Length == 1 && added.Sizes[0] == matrix[0]);
    }

    private static NativeTensor ByProduct(NativeTensor input, NativeTensor weight, NativeTensor? bias, ReadOnlySpan<long> flat, ReadOnlySpan<long> shape)
    {
        using var owned = new OwnedTensors();
        var transposed = owned.Add(TorchSharpNative.Transposed(weight.Handle));
        var rows = shape.Length == 2 ? input.Handle : owned.Add(TorchSharpNative.Reshaped(input.Handle, flat));
        var product = bias is { } added
            ? TorchSharpNative.AddedProduct(added.Handle, rows, transposed)
            : TorchSharpNative.Product(rows, transposed);
        if (product == 0 || shape.Length == 2)
            return NativeTensor.Of(product);
        owned.Add(product);
        return NativeTensor.Of(TorchSharpNative.Reshaped(product, shape));
    }

    private static NativeTensor ByMatrixProduct(NativeTensor input, NativeTensor weight, NativeTensor? bias)
    {
        if (PendingError.TrySetForLinear(input, weight, bias))
            return NativeTensor.Undefined();
        using var owned = new OwnedTensors();
        var transposed = weight.Sizes.Length == 2 ? owned.Add(TorchSharpNative.Transposed(weight.Handle)) : weight.Handle;
        var product = TorchSharpNative.CheckedMatrixProduct(input.Handle, transposed);
        if (bias is not { } added)
            return NativeTensor.Of(product);
        using var left = torch.Tensor.UnsafeCreateTensor(product);
        using var right = torch.Tensor.UnsafeCreateTensor((nint)StableInterface.NewReference(added.Handle));
        using Scalar one = 1; // kept alive during the call, because TorchSharp does not
        using var sum = left.add(right, one);
        return NativeTensor.Of((nint)StableInterface.NewReference(sum));
    }
}
