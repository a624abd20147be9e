using System.Runtime.InteropServices;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Reports wrong arguments of a kernel to the C# code that called the operator.</summary>
/// <remarks>
/// A kernel in C# cannot throw: an exception cannot pass through libtorch. It returns undefined tensors instead, which TorchSharp's native code turns
/// into null, and for null TorchSharp looks for the last error of its native code on this thread and throws it. So a kernel calls a native function
/// of TorchSharp that fails for the same reason and does not read its error.
/// </remarks>
internal static unsafe class PendingError
{
    private static readonly Lazy<nint> _library = new(() => NativeLibrary.Load("LibTorchSharp", typeof(torch).Assembly, null));

    private static readonly delegate* unmanaged<nint, long*, int, long*, int, long*, int, long*, int, byte, nint> _maxPool =
        (delegate* unmanaged<nint, long*, int, long*, int, long*, int, long*, int, byte, nint>)NativeLibrary.GetExport(
            _library.Value, "THSTensor_max_pool2d");

    private static readonly delegate* unmanaged<nint, long*, int, nint*, nint> _adaptiveMaxPool =
        (delegate* unmanaged<nint, long*, int, nint*, nint>)NativeLibrary.GetExport(_library.Value, "THSTensor_adaptive_max_pool2d");

    /// <summary>Sets the error of a pooling whose sizes do not fit.</summary>
    /// <returns>Whether libtorch finds such an error: the pooling is tried on a tensor without data, which uses libtorch's own checks.</returns>
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

    /// <summary>Sets the error of a linear layer whose shapes or types do not fit.</summary>
    /// <returns>Whether libtorch finds such an error.</returns>
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

    /// <summary>Ends the process with the error of two matrices that cannot be multiplied, as TorchSharp's matmul does without this library.</summary>
    public static void EndForProduct(NativeTensor a, NativeTensor b)
    {
        using var untracked = torch.no_grad();
        // libtorch's exception leaves native code here, which ends the process with libtorch's message
        TorchSharpNative.CheckedMatrixProduct(Shape(a).Handle, Shape(b).Handle);
        // tensors without data show no error of their types
        Environment.FailFast($"matmul: matrices of {a.Type} and {b.Type} cannot be multiplied");
    }

    // types that have no product show it only where there are numbers
    private static void SetForTypes(torch.ScalarType left, torch.ScalarType right)
    {
        using var a = torch.zeros([1, 1], dtype: left);
        using var b = torch.zeros([1, 1], dtype: right);
        var result = TorchSharpNative.AddedProduct(b.Handle, a.Handle, b.Handle);
        if (result != 0)
            torch.Tensor.UnsafeCreateTensor(result).Dispose();
    }

    private static torch.Tensor Shape(NativeTensor tensor) => torch.empty(tensor.Sizes.ToArray(), dtype: tensor.Type, device: torch.META);

    /// <summary>Sets the error of a type of elements that libtorch does not pool: another pooling, which fails for it too, is tried on one element.</summary>
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
