using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The rows of tensors: sample i is row i of each.</summary>
    public sealed class TensorDataset : utils.data.IterableDataset, IBatchSource<IList<Tensor>>
    {
        private readonly Tensor[] _tensors;

        internal TensorDataset(Tensor[] tensors)
        {
            if (tensors is null || tensors.Length == 0)
                throw new ArgumentException("A TensorDataset takes at least one tensor.", nameof(tensors));
            if (Array.Find(tensors, tensor => tensor.ndim == 0 || tensor.size(0) != tensors[0].size(0)) is { } other)
            {
                throw new ArgumentException(
                    $"All tensors must have as many rows as the first: {Tensor.Shape(tensors[0].shape)} and {Tensor.Shape(other.shape)} do not.",
                    nameof(tensors));
            }
            _tensors = Array.ConvertAll(tensors, tensor => tensor.alias().DetachFromDisposeScope());
        }

        public override long Count => _tensors[0].size(0);

        public IList<Tensor> this[long index] => [.. _tensors.Select(tensor => tensor[index])];

        public override IList<Tensor> GetTensor(long index) => this[index];

        IList<Tensor> IBatchSource<IList<Tensor>>.GetBatch(long[] indices)
        {
            using var rows = tensor(indices);
            return [.. _tensors.Select(tensor => Rows(tensor, rows))];
        }

        protected override void Dispose(bool disposing)
        {
            foreach (var tensor in _tensors)
                tensor.Dispose();
            base.Dispose(disposing);
        }

        private static Tensor Rows(Tensor tensor, Tensor rows)
        {
            if (tensor.is_cpu())
                return tensor.index_select(0, rows);
            using var there = rows.to(tensor.device);
            return tensor.index_select(0, there);
        }
    }

    /// <summary>A dataset that gives the samples of a batch already stacked, faster than one by one.</summary>
    internal interface IBatchSource<TBatch>
    {
        TBatch GetBatch(long[] indices);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class utils
        {
            public static partial class data
            {
                public static TensorDataset TensorDataset(params Tensor[] tensors) => new(tensors);
            }
        }
    }
}
