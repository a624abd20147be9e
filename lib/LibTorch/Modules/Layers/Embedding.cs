using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Rows of a table by their numbers. The table starts as PyTorch's does, from the normal distribution.</summary>
    public sealed class Embedding : nn.Module<Tensor, Tensor>
    {
        private readonly long _padding;
        private readonly double? _maxNorm;
        private readonly double _normType;
        private readonly bool _scaleGradients;
        private readonly bool _sparse;

        internal Embedding(
            Tensor table, bool freeze, long? padding_idx, double? max_norm, double norm_type, bool scale_grad_by_freq, bool sparse)
            : base(nameof(Embedding))
        {
            var rows = table.shape[0];
            if (padding_idx is { } index && (index < -rows || index >= rows))
                throw new ArgumentException($"padding_idx ({index}) must be one of the {rows} embeddings.", nameof(padding_idx));
            // to libtorch −1 is none, so an index from the end becomes one from the start
            _padding = padding_idx is { } given ? (given + rows) % rows : -1;
            (_maxNorm, _normType, _scaleGradients, _sparse) = (max_norm, norm_type, scale_grad_by_freq, sparse);
            (num_embeddings, embedding_dim) = (rows, table.shape[1]);
            weight = new Parameter(table, !freeze);
        }

        public long num_embeddings { get; }

        public long embedding_dim { get; }

        public Parameter weight { get; set => field = ReplaceParameter(nameof(weight), field, value)!; }

        internal void Initialize()
        {
            nn.init.normal_(weight);
            if (_padding < 0)
                return;
            using var untracked = no_grad();
            using var row = weight.select(0, _padding);
            row.zero_();
        }

        public override Tensor forward(Tensor input)
        {
            if (_maxNorm is { } most)
            {
                using var untracked = no_grad();
                using var indices = input.contiguous();
                Aten.Do("embedding_renorm_", weight, indices, most, _normType);
            }
            return Aten.Call("embedding", weight, input, _padding, _scaleGradients, _sparse);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Embedding Embedding(
                long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
                bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                var table = empty([num_embeddings, embedding_dims], dtype, device);
                var layer = new Embedding(table, false, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
                layer.Initialize();
                return layer;
            }

            /// <summary>An embedding that starts with a copy of <paramref name="embeddings"/>.</summary>
            public static Embedding Embedding_from_pretrained(
                Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
                bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                if (embeddings.ndim != 2)
                {
                    throw new ArgumentException(
                        $"The embeddings are a table of two dimensions, not {embeddings.ndim}.", nameof(embeddings));
                }
                using var source = embeddings.detach();
                using var converted = source.to(dtype ?? source.dtype, device ?? source.device);
                return new Embedding(converted.clone(), freeze, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
            }

            public static partial class functional
            {
                public static Tensor embedding(
                    Tensor input, Tensor weight, long? padding_idx = null, bool scale_grad_by_freq = false, bool sparse = false) =>
                    Aten.Call("embedding", weight, input, padding_idx ?? -1L, scale_grad_by_freq, sparse);
            }
        }
    }
}
