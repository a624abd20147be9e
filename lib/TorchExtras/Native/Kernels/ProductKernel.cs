using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>The kernel of <c>aten::mm</c> on the CPU, the product of two matrices.</summary>
/// <remarks>
/// This kernel computes products of Float32 matrices of moderate size with AVX-512 or AVX2, for any strides of the left matrix, as in the gradients of linear
/// layers. Other products use libtorch's kernel of the overload <c>out</c>. libtorch's matrix library, MKL, uses only AVX2 on processors that Intel
/// did not make.
/// </remarks>
internal static unsafe class ProductKernel
{
    [UnmanagedCallersOnly]
    public static void Run(ulong* stack, ulong arguments, ulong results)
    {
        var (a, b) = (new NativeTensor((nint)stack[0]), new NativeTensor((nint)stack[1]));
        NativeTensor product;
        try
        {
            product = Compute(a, b);
        }
        catch (Exception)
        {
            // no exception may cross into native code: without a result, TorchSharp throws the error that is set, or reports an empty handle
            product = NativeTensor.Undefined();
        }
        StableInterface.DeleteReference((ulong)a.Handle);
        StableInterface.DeleteReference((ulong)b.Handle);
        stack[0] = (ulong)product.Handle;
    }

    private static NativeTensor Compute(NativeTensor a, NativeTensor b)
    {
        var left = a.Sizes;
        var right = b.Sizes;
        var type = a.Type;
        if (left.Length != 2 || right.Length != 2 || left[1] != right[0] || b.Type != type || type == torch.ScalarType.Bool)
        {
            if (IsCalledByMatmul())
                PendingError.EndForProduct(a, b);
            PendingError.SetForProduct(a, b);
            return NativeTensor.Undefined();
        }
        var (rows, length, columns) = (left[0], left[1], right[1]);
        return type == torch.ScalarType.Float32 && TryCompute(a, b, rows, length, columns) is { } product ? product : ByLibTorch(a, b, type, rows, columns);
    }

    // TorchSharp's native matmul neither catches errors nor checks its result, so the caller would get an undefined tensor as an empty one
    private static bool IsCalledByMatmul() =>
        new StackTrace().GetFrames().Select(frame => frame.GetMethod()).FirstOrDefault(method => method?.Module.Assembly == typeof(torch).Assembly)
            is { Name: "THSTensor_matmul" or nameof(torch.matmul) };

    private static NativeTensor? TryCompute(NativeTensor a, NativeTensor b, long rows, long length, long columns)
    {
        var byColumns = MatrixProduct.FitsOuter(rows, columns, length);
        if (!byColumns && !MatrixProduct.FitsDot(rows, columns, length))
            return null;
        var strides = b.Strides;
        if (byColumns && strides[1] == 1 && strides[0] >= columns)
        {
            var product = NativeTensor.Empty([rows, columns], torch.ScalarType.Float32);
            MatrixProduct.Multiply(
                (float*)a.Data, (nint)a.Strides[0], (nint)a.Strides[1], (float*)b.Data, (nint)strides[0], (float*)product.Data, (int)rows, (int)columns, (int)length);
            return product;
        }
        if (MatrixProduct.FitsDot(rows, columns, length) && strides[0] == 1 && strides[1] == length && a.IsContiguous)
        {
            var product = NativeTensor.Empty([rows, columns], torch.ScalarType.Float32);
            MatrixProduct.Forward((float*)a.Data, (float*)b.Data, null, (float*)product.Data, (int)rows, (int)columns, (int)length);
            return product;
        }
        return null;
    }

    private static NativeTensor ByLibTorch(NativeTensor a, NativeTensor b, torch.ScalarType type, long rows, long columns)
    {
        // the operator consumes its arguments, so it gets new references
        var product = NativeTensor.Empty([rows, columns], type);
        var stack = stackalloc ulong[3];
        stack[0] = StableInterface.NewReference(a.Handle);
        stack[1] = StableInterface.NewReference(b.Handle);
        stack[2] = StableInterface.NewReference(product.Handle);
        if (!StableInterface.TryCall("aten::mm\0"u8, "out\0"u8, new Span<ulong>(stack, 3)))
            return NativeTensor.Undefined();
        StableInterface.DeleteReference(stack[0]);
        return product;
    }
}
