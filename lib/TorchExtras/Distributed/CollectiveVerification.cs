using static TorchSharp.torch;

namespace TorchSharp.Distributed;

/// <summary>The collectives, with the numbers that processes exchange to compare them.</summary>
internal enum Collective
{
    AllReduce,
    Reduce,
    Broadcast,
    AllGather,
    Gather,
    Scatter,
    Barrier,
}

/// <summary>
/// Verifies that all processes call the same collective. MPI does not: for different sizes it fails or returns wrong values, and for different calls
/// it hangs.
/// </summary>
internal static class CollectiveVerification
{
    private const int MostDimensions = 8;

    // the variable of PyTorch; a check takes one small all-gather
    private static readonly bool _isOff = Environment.GetEnvironmentVariable("TORCH_DISTRIBUTED_DEBUG") == "OFF";

    /// <summary>Compares a collective with the collectives that the other processes are about to start.</summary>
    /// <exception cref="DistBackendError">Another process calls another collective.</exception>
    public static void Check(ProcessGroup group, Collective kind, Tensor? tensor, ReduceOp op, int root)
    {
        if (group.Size == 1 || _isOff)
            return;
        var calls = group.Exchange(Describe(kind, tensor, op, root));
        var mine = calls[group.Rank];
        for (var rank = 0; rank < calls.Length; rank++)
        {
            if (!AreSame(mine, calls[rank]))
            {
                throw group.Fail(
                    $"calls another collective than rank {rank}: rank {group.Rank} {Description(mine)}, rank {rank} {Description(calls[rank])}. All processes "
                    + "must "
                    + "call the same collectives in the same order, with tensors of the same types and sizes.");
            }
        }
    }

    private static long[] Describe(Collective kind, Tensor? tensor, ReduceOp op, int root)
    {
        var numbers = new long[6 + MostDimensions];
        (numbers[0], numbers[1], numbers[2]) = ((long)kind, (long)op, root);
        if (tensor is null)
            return numbers;
        var shape = tensor.shape;
        (numbers[3], numbers[4], numbers[5]) = ((long)tensor.dtype, tensor.numel(), Math.Min(shape.Length, MostDimensions));
        shape.AsSpan(0, (int)numbers[5]).CopyTo(numbers.AsSpan(6));
        return numbers;
    }

    // as in PyTorch, shapes may differ where the number of elements does not
    private static bool AreSame(long[] mine, long[] theirs) => mine.AsSpan(0, 5).SequenceEqual(theirs.AsSpan(0, 5));

    private static string Description(long[] call)
    {
        var kind = (Collective)call[0];
        var name = kind switch
        {
            Collective.AllReduce => $"all_reduce ({(ReduceOp)call[1]})",
            Collective.Reduce => $"reduce ({(ReduceOp)call[1]}, to rank {call[2]})",
            Collective.Broadcast => $"broadcast (from rank {call[2]})",
            Collective.AllGather => "all_gather",
            Collective.Gather => $"gather (to rank {call[2]})",
            Collective.Scatter => $"scatter (from rank {call[2]})",
            _ => "barrier",
        };
        return kind == Collective.Barrier ? name : $"{name} of {(ScalarType)call[3]} [{string.Join('x', call[6..(6 + (int)call[5])])}]";
    }
}
