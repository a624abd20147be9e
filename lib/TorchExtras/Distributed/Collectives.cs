using TorchSharp.Extras.Native;
using static TorchSharp.torch;

namespace TorchSharp.Distributed;

/// <summary>Starts collectives on tensors.</summary>
/// <remarks>
/// Lists of tensors, 16-bit floats in reductions and, if MPI is not CUDA-aware, CUDA tensors are transferred as copies.
/// </remarks>
internal static class Collectives
{
    // MPI's counts are 32-bit integers
    private const long MostElements = 1 << 30;

    public static Work AllReduce(ProcessGroup group, Tensor tensor, ReduceOp op)
    {
        var carrier = TransferBuffer.ForReduction(group, tensor, op);
        return group.Size == 1
            ? Done(group)
            : carrier.Start(group, (at, count) => group.Communicator.AllReduce(at, count, carrier.Type, Operation(op)), receives: true, op);
    }

    public static Work Reduce(ProcessGroup group, Tensor tensor, ReduceOp op, int root)
    {
        CheckRank(group, root);
        var carrier = TransferBuffer.ForReduction(group, tensor, op);
        return group.Size == 1
            ? Done(group)
            : carrier.Start(group, (at, count) => group.Communicator.Reduce(at, count, carrier.Type, Operation(op), root), group.Rank == root, op);
    }

    public static Work Broadcast(ProcessGroup group, Tensor tensor, int root)
    {
        CheckRank(group, root);
        var carrier = TransferBuffer.Of(group, tensor);
        return group.Size == 1
            ? Done(group)
            : carrier.Start(group, (at, count) => group.Communicator.Broadcast(at, count, carrier.Type, root), receives: true);
    }

    /// <param name="group">The process group.</param>
    /// <param name="output">A contiguous tensor for the elements of all processes.</param>
    /// <param name="input">The tensor that this process sends.</param>
    /// <param name="finish">The action after the collective.</param>
    public static Work AllGather(ProcessGroup group, Tensor output, Tensor input, Action? finish = null)
    {
        CheckContiguous(output);
        if (group.Size == 1)
            return CopyAndFinish(group, output, input, finish);
        var (from, to) = (TransferBuffer.Of(group, input), TransferBuffer.Of(group, output));
        return from.Start(
            group, to, (source, target, count) => group.Communicator.AllGather(source, target, count, from.Type), receives: true, finish);
    }

    public static Work Gather(ProcessGroup group, Tensor? output, Tensor input, int root, Action? finish = null)
    {
        CheckRank(group, root);
        if (group.Size == 1)
            return CopyAndFinish(group, output!, input, finish);
        var from = TransferBuffer.Of(group, input);
        var to = output is null ? null : TransferBuffer.Of(group, output);
        return from.Start(
            group, to, (source, target, count) => group.Communicator.Gather(source, target, count, from.Type, root), to is not null, finish);
    }

    /// <param name="group">The process group.</param>
    /// <param name="output">The tensor that receives this process's part.</param>
    /// <param name="input">In the root, the tensors for all processes in the order of ranks, which are disposed of afterward.</param>
    /// <param name="root">The rank that sends.</param>
    public static Work Scatter(ProcessGroup group, Tensor output, Tensor? input, int root)
    {
        CheckRank(group, root);
        if (group.Size == 1)
            return CopyAndFinish(group, output, input!, input!.Dispose);
        var to = TransferBuffer.Of(group, output);
        var from = input is null ? null : TransferBuffer.Of(group, input);
        return to.Start(
            group, from, (target, source, count) => group.Communicator.Scatter(source, target, count, to.Type, root), receives: false,
            () => input?.Dispose(), receivesItself: true);
    }

    public static Work Barrier(ProcessGroup group) =>
        group.Size == 1 ? Done(group) : new Work(group, [Started(group, group.Communicator.Barrier)], [], finish: null);

    /// <summary>Waits for an internal collective, and disposes of its work.</summary>
    public static void Finish(Work work)
    {
        using (work)
            work.wait();
    }

    /// <summary>Calls MPI and reports its errors as errors of the group.</summary>
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

    /// <summary>Splits a large buffer into parts within MPI's limit.</summary>
    public static IEnumerable<(long First, int Count)> Parts(long elements)
    {
        for (long first = 0; first < elements; first += MostElements)
            yield return (first, (int)Math.Min(MostElements, elements - first));
    }

    /// <summary>Checks that a tensor can be gathered in one call.</summary>
    public static int OnePart(long elements) => elements <= MostElements
        ? (int)elements
        : throw new ArgumentException($"A process can gather or scatter at most {MostElements} elements (or bytes) in one call, but the tensor "
            + $"has {elements}.");

    private static MpiOp Operation(ReduceOp op) => op switch
    {
        ReduceOp.SUM or ReduceOp.AVG => MpiOp.Sum,
        ReduceOp.PRODUCT => MpiOp.Product,
        ReduceOp.MIN => MpiOp.Min,
        ReduceOp.MAX => MpiOp.Max,
        ReduceOp.BAND => MpiOp.BitAnd,
        ReduceOp.BOR => MpiOp.BitOr,
        ReduceOp.BXOR => MpiOp.BitXor,
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "The operation is unknown."),
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
            throw new ArgumentException("The tensor must be contiguous: pass tensor.contiguous().", nameof(tensor));
    }

    private static void CheckRank(ProcessGroup group, int rank)
    {
        if (rank < 0 || rank >= group.Size)
            throw new ArgumentOutOfRangeException(nameof(rank), rank, $"The ranks of the group are 0 to {group.Size - 1}.");
    }
}
