using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class distributed
    {
        // Every process of the group calls the same collectives in the same order, with tensors of the same types and sizes. With async_op
        // the work comes back as soon as all have called it, and is to be waited for; otherwise null.

        /// <summary>Combines the tensors of all processes; each has the result in the place of its own.</summary>
        public static Work? all_reduce(Tensor tensor, ReduceOp op = ReduceOp.SUM, ProcessGroup? group = null, bool async_op = false) =>
            Run(group, async_op, Collective.AllReduce, tensor, [tensor], [], op);

        /// <summary>The tensor of <paramref name="src"/> becomes that of all.</summary>
        public static Work? broadcast(Tensor tensor, int src, ProcessGroup? group = null, bool async_op = false) =>
            Run(group, async_op, Collective.Broadcast, tensor, [tensor], [], root: src);

        /// <summary>As <see cref="all_reduce"/>, for <paramref name="dst"/> only; what the others' tensors hold after it is undefined.</summary>
        public static Work? reduce(Tensor tensor, int dst, ReduceOp op = ReduceOp.SUM, ProcessGroup? group = null, bool async_op = false) =>
            Run(group, async_op, Collective.Reduce, tensor, [tensor], [], op, dst);

        /// <summary>Everyone gets the tensors of all: one for each process, in the order of ranks.</summary>
        public static Work? all_gather(IList<Tensor> tensor_list, Tensor tensor, ProcessGroup? group = null, bool async_op = false) =>
            Run(group, async_op, Collective.AllGather, tensor, [.. tensor_list], [tensor]);

        /// <summary>As <see cref="all_gather"/>, into one contiguous tensor of as many times as many elements.</summary>
        public static Work? all_gather_into_tensor(Tensor output_tensor, Tensor input_tensor, ProcessGroup? group = null, bool async_op = false)
        {
            group ??= Default;
            if (output_tensor.numel() != input_tensor.numel() * group.Size || !output_tensor.is_contiguous())
            {
                throw new ArgumentException(
                    $"What {group.Size} processes gather of {Tensor.Shape(input_tensor.shape)} fits a contiguous tensor of {group.Size} times "
                    + $"as many elements, not {Tensor.Shape(output_tensor.shape)}.", nameof(output_tensor));
            }
            using var scope = NewDisposeScope();
            var parts = output_tensor.view([group.Size, .. input_tensor.shape]).unbind();
            return Run(group, async_op, Collective.AllGather, input_tensor, parts, [input_tensor]);
        }

        /// <summary><paramref name="dst"/> gets the tensors of all in <paramref name="gather_list"/>; the others pass none.</summary>
        public static Work? gather(
            Tensor tensor, IList<Tensor>? gather_list = null, int dst = 0, ProcessGroup? group = null, bool async_op = false) =>
            Run(group, async_op, Collective.Gather, tensor, [.. gather_list ?? []], [tensor], root: dst);

        /// <summary>Each gets in <paramref name="tensor"/> its one of the tensors that <paramref name="src"/> passes; the others pass none.</summary>
        public static Work? scatter(
            Tensor tensor, IList<Tensor>? scatter_list = null, int src = 0, ProcessGroup? group = null, bool async_op = false) =>
            Run(group, async_op, Collective.Scatter, tensor, [tensor], [.. scatter_list ?? []], root: src);

        /// <summary>Waits until all processes are here.</summary>
        public static Work? barrier(ProcessGroup? group = null, bool async_op = false) => Run(group, async_op, Collective.Barrier, null, [], []);

        private static Work? Run(
            ProcessGroup? group, bool async_op, Collective kind, Tensor? tensor, Tensor[] outputs, Tensor[] inputs, ReduceOp op = ReduceOp.SUM,
            int root = 0)
        {
            group ??= Default;
            Agreement.Check(group, kind, tensor, op, root);
            var work = group.Start(kind, outputs, inputs, op, root);
            if (async_op)
                return work;
            using (work)
                work.wait();
            return null;
        }
    }
}
