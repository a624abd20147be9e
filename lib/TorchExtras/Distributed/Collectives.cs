using TorchSharp.Extras.Native;
using static TorchSharp.torch;

namespace TorchSharp.Distributed;

/// <summary>Starts collectives on tensors.</summary>
/// <remarks>
/// Lists of tensors, 16-bit floats to be reduced and, where MPI is not CUDA-aware, CUDA tensors travel in a copy.
/// </remarks>
internal static class Collectives
{
    // MPI counts in 32-bit numbers
    private const long MostElements = 1 << 30;

    public static Work AllReduce(ProcessGroup group, Tensor tensor, ReduceOp op)
    {
        var carrier = Carrier.ForReduction(group, tensor, op);
        return group.Size == 1
            ? Done(group)
            : carrier.Start(group, (at, count) => group.Communicator.AllReduce(at, count, carrier.Type, Operation(op)), receives: true, op);
    }

    public static Work Reduce(ProcessGroup group, Tensor tensor, ReduceOp op, int root)
    {
        CheckRank(group, root);
        var carrier = Carrier.ForReduction(group, tensor, op);
        return group.Size == 1
            ? Done(group)
            : carrier.Start(group, (at, count) => group.Communicator.Reduce(at, count, carrier.Type, Operation(op), root), group.Rank == root, op);
    }

    public static Work Broadcast(ProcessGroup group, Tensor tensor, int root)
    {
        CheckRank(group, root);
        var carrier = Carrier.Of(group, tensor);
        return group.Size == 1
            ? Done(group)
            : carrier.Start(group, (at, count) => group.Communicator.Broadcast(at, count, carrier.Type, root), receives: true);
    }

    /// <param name="group">The processes.</param>
    /// <param name="output">A contiguous tensor of as many times the elements as there are processes.</param>
    /// <param name="input">What this process sends.</param>
    /// <param name="finish">What to do afterwards.</param>
    public static Work AllGather(ProcessGroup group, Tensor output, Tensor input, Action? finish = null)
    {
        CheckContiguous(output);
        if (group.Size == 1)
            return CopyAndFinish(group, output, input, finish);
        var (from, to) = (Carrier.Of(group, input), Carrier.Of(group, output));
        return from.Start(
            group, to, (source, target, count) => group.Communicator.AllGather(source, target, count, from.Type), receives: true, finish);
    }

    public static Work Gather(ProcessGroup group, Tensor? output, Tensor input, int root, Action? finish = null)
    {
        CheckRank(group, root);
        if (group.Size == 1)
            return CopyAndFinish(group, output!, input, finish);
        var from = Carrier.Of(group, input);
        var to = output is null ? null : Carrier.Of(group, output);
        return from.Start(
            group, to, (source, target, count) => group.Communicator.Gather(source, target, count, from.Type, root), to is not null, finish);
    }

    /// <param name="group">The processes.</param>
    /// <param name="output">What this process gets.</param>
    /// <param name="input">On the root, what all get in the order of ranks; it is disposed of afterwards.</param>
    /// <param name="root">The rank that sends.</param>
    public static Work Scatter(ProcessGroup group, Tensor output, Tensor? input, int root)
    {
        CheckRank(group, root);
        if (group.Size == 1)
            return CopyAndFinish(group, output, input!, input!.Dispose);
        var to = Carrier.Of(group, output);
        var from = input is null ? null : Carrier.Of(group, input);
        return to.Start(
            group, from, (target, source, count) => group.Communicator.Scatter(source, target, count, to.Type, root), receives: false,
            () => input?.Dispose(), receivesItself: true);
    }

    public static Work Barrier(ProcessGroup group) =>
        group.Size == 1 ? Done(group) : new Work(group, [Started(group, group.Communicator.Barrier)], [], finish: null);

    /// <summary>Waits for a collective that only this call uses, and frees it.</summary>
    public static void Finish(Work work)
    {
        using (work)
            work.wait();
    }

    /// <summary>Starts a call of MPI and reports its errors as errors of the group.</summary>
    public static MpiRequest Started(ProcessGroup group, Func<MpiRequest> start)
    {
        try
        {
            return start();
        }
        catch (MpiException error)
        {
            throw group.Fail($"could not start a collective. ({error.Message})", error);
        }
    }

    /// <summary>Cuts a buffer of many elements into parts that MPI can count.</summary>
    public static IEnumerable<(long First, int Count)> Parts(long elements)
    {
        for (long first = 0; first < elements; first += MostElements)
            yield return (first, (int)Math.Min(MostElements, elements - first));
    }

    /// <summary>Refuses what would be too large to be gathered in one call.</summary>
    public static int OnePart(long elements) => elements <= MostElements
        ? (int)elements
        : throw new ArgumentException($"A process gathers or scatters {MostElements} elements (or bytes) at most in one call; the tensor has {elements}.");

    private static MpiOp Operation(ReduceOp op) => op switch
    {
        ReduceOp.SUM or ReduceOp.AVG => MpiOp.Sum,
        ReduceOp.PRODUCT => MpiOp.Product,
        ReduceOp.MIN => MpiOp.Min,
        ReduceOp.MAX => MpiOp.Max,
        ReduceOp.BAND => MpiOp.BitAnd,
        ReduceOp.BOR => MpiOp.BitOr,
        ReduceOp.BXOR => MpiOp.BitXor,
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "There is no such operation."),
    };

    private static Work CopyAndFinish(ProcessGroup group, Tensor output, Tensor input, Action? finish)
    {
        using (NewDisposeScope())
        using (no_grad())
            output.copy_(input.view(output.shape));
        finish?.Invoke();
        return Done(group);
    }

    private static Work Done(ProcessGroup group) => new(group, [], [], finish: null);

    private static void CheckContiguous(Tensor tensor)
    {
        if (!tensor.is_contiguous())
            throw new ArgumentException("The tensor has to be contiguous: pass tensor.contiguous().", nameof(tensor));
    }

    private static void CheckRank(ProcessGroup group, int rank)
    {
        if (rank < 0 || rank >= group.Size)
            throw new ArgumentOutOfRangeException(nameof(rank), rank, $"The ranks of the group are 0 to {group.Size - 1}.");
    }
}
