using TorchSharp.Extras.Native.Kernels;

namespace TorchSharp.Extras.Native;

/// <summary>Computes the mean cross-entropy and its gradient with libtorch's operators, without the objects of an autograd graph.</summary>
internal static unsafe class CrossEntropyOperators
{
    // libtorch divides the samples among all threads, however few they are; one thread computes this many logits in some dozen microseconds
    private const long MostLogitsOfOneThread = 1 << 14;

    private const ulong Classes = 1, Mean = 1, NoClass = unchecked((ulong)-100L);

    /// <summary>Computes the loss and its gradient, as <c>cross_entropy</c> and its backward pass do.</summary>
    /// <param name="logits">The logits, Float32 [samples, classes].</param>
    /// <param name="targets">The numbers of the classes, Int64 [samples], each of them valid.</param>
    /// <param name="divisor">The number by which the gradient is divided.</param>
    /// <returns>The loss and the gradient of the logits, which the caller owns.</returns>
    public static (NativeTensor Loss, NativeTensor Gradient) Compute(NativeTensor logits, NativeTensor targets, int divisor)
    {
        using var untracked = torch.no_grad();
        using var owned = new OwnedTensors();
        var sizes = logits.Sizes;
        using var limit = sizes[0] * sizes[1] <= MostLogitsOfOneThread ? ThreadLimit.ToOne() : default;
        var stack = stackalloc ulong[7];

        stack[0] = StableInterface.NewReference(logits.Handle);
        (stack[1], stack[2]) = (Classes, 0);
        Call("aten::_log_softmax\0"u8, stack, 3);
        var logarithms = owned.Add((nint)stack[0]);

        stack[0] = StableInterface.NewReference(logarithms);
        stack[1] = StableInterface.NewReference(targets.Handle);
        (stack[2], stack[3], stack[4]) = (0, Mean, NoClass);
        Call("aten::nll_loss_forward\0"u8, stack, 5);
        var (loss, weight) = (owned.Add((nint)stack[0]), owned.Add((nint)stack[1]));

        var first = NativeTensor.Empty([], torch.ScalarType.Float32);
        *(float*)first.Data = 1f / divisor;
        stack[0] = (ulong)first.Handle;
        stack[1] = StableInterface.NewReference(logarithms);
        stack[2] = StableInterface.NewReference(targets.Handle);
        (stack[3], stack[4], stack[5], stack[6]) = (0, Mean, NoClass, StableInterface.NewReference(weight));
        Call("aten::nll_loss_backward\0"u8, stack, 7);

        stack[1] = StableInterface.NewReference(logarithms);
        (stack[2], stack[3]) = (Classes, (ulong)torch.ScalarType.Float32);
        Call("aten::_log_softmax_backward_data\0"u8, stack, 4);
        return (new((nint)StableInterface.NewReference(loss)), new((nint)stack[0]));
    }

    private static void Call(ReadOnlySpan<byte> name, ulong* stack, int count)
    {
        if (!StableInterface.TryCall(name, "\0"u8, new Span<ulong>(stack, count)))
            throw new InvalidOperationException("A libtorch operator of the cross-entropy failed; the standard error stream says why.");
    }
}
