using System.Runtime.InteropServices;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>The kernel of <c>aten::max_pool2d_with_indices</c> on the CPU.</summary>
/// <remarks>
/// This kernel pools Float32 elements in adjacent windows of two by two, the usual pooling of convolutional networks. Its values and indices equal
/// those of libtorch's kernel, also for NaN and ties. Other cases use libtorch's kernel of the overload <c>out</c>.
/// </remarks>
internal static unsafe class MaxPool2dKernel
{
    private const int Arguments = 6;

    // below this number, threads cost more time than they save
    private const long LeastElementsPerThread = 1 << 17;

    [UnmanagedCallersOnly]
    public static void Run(ulong* stack, ulong arguments, ulong results)
    {
        var input = new NativeTensor((nint)stack[0]);
        NativeTensor values, indices;
        try
        {
            (values, indices) = Pool(input, stack);
        }
        catch (Exception)
        {
            // no exception may cross into native code: without a result, TorchSharp throws the error that is set, or reports an empty handle
            (values, indices) = (NativeTensor.Undefined(), NativeTensor.Undefined());
        }
        StableInterface.DeleteReference((ulong)input.Handle);
        for (var i = 1; i < Arguments - 1; i++)
            StableInterface.DeleteList(stack[i]);
        stack[0] = (ulong)values.Handle;
        stack[1] = (ulong)indices.Handle;
    }

    private static (NativeTensor Values, NativeTensor Indices) Pool(NativeTensor input, ulong* stack)
    {
        var kernel = KernelArguments.Pair(stack[1], default);
        var pooling = new Pooling(
            kernel, KernelArguments.Pair(stack[2], kernel), KernelArguments.Pair(stack[3], (0, 0)), KernelArguments.Pair(stack[4], (1, 1)), (byte)stack[5] != 0);
        var sizes = input.Sizes;
        var type = input.Type;
        if (pooling.IsTwoByTwo && type == torch.ScalarType.Float32 && sizes.Length is 3 or 4 && input.IsContiguous && HasWindows(sizes))
            return PoolTwoByTwo(input, sizes);
        if (PendingError.TrySetForSizes(sizes, type, pooling))
            return (NativeTensor.Undefined(), NativeTensor.Undefined());
        if (!IsPooledByLibTorch(type))
        {
            PendingError.SetForType(type);
            return (NativeTensor.Undefined(), NativeTensor.Undefined());
        }
        return PoolByLibTorch(input, type, pooling);
    }

    private static bool HasWindows(ReadOnlySpan<long> sizes)
    {
        foreach (var size in sizes)
        {
            if (size == 0)
                return false;
        }
        return sizes[^1] >= 2 && sizes[^2] >= 2 && sizes[^1] * sizes[^2] <= int.MaxValue;
    }

    private static bool IsPooledByLibTorch(torch.ScalarType type) =>
        type is not torch.ScalarType.Bool && (torch.is_floating_point(type) || torch.is_integral(type));

    private static (NativeTensor Values, NativeTensor Indices) PoolTwoByTwo(NativeTensor input, ReadOnlySpan<long> sizes)
    {
        Span<long> pooled = stackalloc long[sizes.Length];
        sizes.CopyTo(pooled);
        pooled[^1] /= 2;
        pooled[^2] /= 2;
        var (values, indices) = (NativeTensor.Empty(pooled, torch.ScalarType.Float32), NativeTensor.Empty(pooled, torch.ScalarType.Int64));
        var (height, width) = ((int)sizes[^2], (int)sizes[^1]);
        var planes = 1L;
        foreach (var size in sizes[..^2])
            planes *= size;
        var work = new MaxPoolPlanes((float*)input.Data, (float*)values.Data, (long*)indices.Data, height, width);
        ParallelLoop.Run(planes, Math.Max(1, LeastElementsPerThread / ((long)height * width)), &MaxPoolPlanes.Run, &work);
        return (values, indices);
    }

    private static (NativeTensor Values, NativeTensor Indices) PoolByLibTorch(NativeTensor input, torch.ScalarType type, in Pooling pooling)
    {
        // the operator consumes its arguments, so it gets new references
        var (values, indices) = (NativeTensor.Empty([0], type), NativeTensor.Empty([0], torch.ScalarType.Int64));
        var stack = stackalloc ulong[Arguments + 2];
        stack[0] = StableInterface.NewReference(input.Handle);
        stack[1] = StableInterface.NewList(pooling.Kernel.Height, pooling.Kernel.Width);
        stack[2] = StableInterface.NewList(pooling.Stride.Height, pooling.Stride.Width);
        stack[3] = StableInterface.NewList(pooling.Padding.Height, pooling.Padding.Width);
        stack[4] = StableInterface.NewList(pooling.Dilation.Height, pooling.Dilation.Width);
        stack[5] = pooling.RoundsUp ? 1u : 0;
        stack[6] = StableInterface.NewReference(values.Handle);
        stack[7] = StableInterface.NewReference(indices.Handle);
        var succeeded = StableInterface.TryCall("aten::max_pool2d_with_indices\0"u8, "out\0"u8, new Span<ulong>(stack, Arguments + 2));
        if (!succeeded)
            return (NativeTensor.Undefined(), NativeTensor.Undefined());
        StableInterface.DeleteReference(stack[0]);
        StableInterface.DeleteReference(stack[1]);
        return (values, indices);
    }
}
