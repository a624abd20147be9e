using System.Runtime.InteropServices;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Reports invalid arguments of a kernel to the C# code that called the operator.</summary>
/// <remarks>
/// A C# kernel cannot throw, because exceptions cannot pass through libtorch. Instead, it returns undefined tensors. TorchSharp's native code
/// converts these to null, and for null TorchSharp throws the last native error of this thread. So the kernel sets this error: it calls a native
/// function of TorchSharp that fails for the same reason, and does not read its error.
/// </remarks>
internal static unsafe class PendingError
{
    private static readonly Lazy<nint> _library = new(() => NativeLibrary.Load("LibTorchSharp", typeof(torch).Assembly, null));

    private static readonly delegate* unmanaged<nint, long*, int, long*, int, long*, int, long*, int, byte, nint> _maxPool =
        (delegate* unmanaged<nint, long*, int, long*, int, long*, int, long*, int, byte, nint>)NativeLibrary.GetExport(
            _library.Value, "THSTensor_max_pool2d");

    private static readonly delegate* unmanaged<nint, long*, int, nint*, nint> _adaptiveMaxPool =
        (delegate* unmanaged<nint, long*, int, nint*, nint>)NativeLibrary.GetExport(_library.Value, "THSTensor_adaptive_max_pool2d");

    /// <summary>Sets the error of a pooling with invalid sizes.</summary>
    /// <returns>Whether libtorch reports such an error: libtorch checks the pooling of a tensor without data.</returns>
    public static bool TrySetForSizes(ReadOnlySpan<long> sizes, torch.ScalarType type, in Pooling pooling)
    {
        using var untracked = torch.no_grad();
        using var input = torch.empty(sizes.ToArray(), dtype: type, device: torch.META);
        var kernel = stackalloc long[] { pooling.Kernel.Height, pooling.Kernel.Width };
        var stride = stackalloc long[] { pooling.Stride.Height, pooling.Stride.Width };
        var padding = stackalloc long[] { pooling.Padding.Height, pooling.Padding.Width };
        var dilation = stackalloc long[] { pooling.Dilation.Height, pooling.Dilation.Width };
        var result = _maxPool(input.Handle, kernel, 2, stride, 2, padding, 2, dilation, 2, pooling.RoundsUp ? (byte)1 : (byte)0);
        if (result == 0)
            return true;
        torch.Tensor.UnsafeCreateTensor(result).Dispose();
        return false;
    }

    /// <summary>Sets the error of a linear layer with incompatible shapes or types.</summary>
    /// <returns>Whether libtorch reports such an error.</returns>
    public static bool TrySetForLinear(NativeTensor input, NativeTensor weight, NativeTensor? bias)
    {
        using var untracked = torch.no_grad();
        using var x = Shape(input);
        using var matrix = Shape(weight);
        using var added = bias is { } given ? Shape(given) : null;
        var result = TorchSharpNative.Linear(x.Handle, matrix.Handle, added?.Handle ?? 0);
        if (result == 0)
            return true;
        torch.Tensor.UnsafeCreateTensor(result).Dispose();
        if (input.Type == weight.Type && input.Type != torch.ScalarType.Bool)
            return false;
        SetForTypes(input.Type, weight.Type);
        return true;
    }

    /// <summary>Sets the error of two matrices that cannot be multiplied.</summary>
    public static void SetForProduct(NativeTensor a, NativeTensor b)
    {
        using var untracked = torch.no_grad();
        using var left = Shape(a);
        using var right = Shape(b);
        var result = TorchSharpNative.Product(left.Handle, right.Handle);
        if (result == 0)
            return;
        torch.Tensor.UnsafeCreateTensor(result).Dispose();
        SetForTypes(a.Type, b.Type);
    }

    /// <summary>
    /// Ends the process with the error of two matrices that cannot be multiplied, as TorchSharp's matmul does without these kernels.
    /// </summary>
    public static void EndForProduct(NativeTensor a, NativeTensor b)
    {
        using var untracked = torch.no_grad();
        // libtorch's exception escapes from native code here, which ends the process with libtorch's message
        TorchSharpNative.CheckedMatrixProduct(Shape(a).Handle, Shape(b).Handle);
        // tensors without data do not cause errors about types
        Environment.FailFast($"matmul: matrices of {a.Type} and {b.Type} cannot be multiplied");
    }

    // libtorch reports types without a product only for tensors with data
    private static void SetForTypes(torch.ScalarType left, torch.ScalarType right)
    {
        using var a = torch.zeros([1, 1], dtype: left);
        using var b = torch.zeros([1, 1], dtype: right);
        var result = TorchSharpNative.AddedProduct(b.Handle, a.Handle, b.Handle);
        if (result != 0)
            torch.Tensor.UnsafeCreateTensor(result).Dispose();
    }

    private static torch.Tensor Shape(NativeTensor tensor) => torch.empty(tensor.Sizes.ToArray(), dtype: tensor.Type, device: torch.META);

    /// <summary>
    /// Sets the error of an element type that libtorch cannot pool, by another pooling of one element, which fails for the same reason.
    /// </summary>
    public static void SetForType(torch.ScalarType type)
    {
        using var untracked = torch.no_grad();
        using var input = torch.zeros([1, 1, 1], dtype: type);
        var size = stackalloc long[] { 1, 1 };
        nint indices;
        var result = _adaptiveMaxPool(input.Handle, size, 2, &indices);
        if (result == 0)
            return;
        torch.Tensor.UnsafeCreateTensor(result).Dispose();
        torch.Tensor.UnsafeCreateTensor(indices).Dispose();
    }
}
