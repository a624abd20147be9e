using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>
    /// Attention by several heads. Tensors are [L, N, E], [N, L, E] where batches come first, or [L, E]. Weights have PyTorch's names and
    /// start as PyTorch's do. Source: Vaswani et al., 2017.
    /// </summary>
    public sealed class MultiheadAttention : nn.Module<Tensor, Tensor, Tensor, Tensor?, bool, Tensor?, Tuple<Tensor, Tensor>>
    {
        private readonly long _width;
        private readonly long _heads;
        private readonly double _dropout;
        private readonly bool _addZeroAttention;
        private readonly bool _batchFirst;
        private readonly Parameter[] _projections;
        private readonly Parameter? _projectionBias;
        private readonly Linear _output;
        private readonly Parameter? _keyBias;
        private readonly Parameter? _valueBias;

        internal MultiheadAttention(
            long width, long heads, double dropout, bool bias, bool add_bias_kv, bool add_zero_attn, long keyWidth, long valueWidth,
            bool batch_first)
            : base(nameof(MultiheadAttention))
        {
            if (heads <= 0 || width <= 0 || width % heads != 0)
                throw new ArgumentException($"num_heads ({heads}) must divide embedded_dim ({width}).");
            (_width, _heads, _dropout, _addZeroAttention, _batchFirst) = (width, heads, dropout, add_zero_attn, batch_first);
            _projections = keyWidth == width && valueWidth == width
                ? [Add("in_proj_weight", [3 * width, width])]
                : [Add("q_proj_weight", [width, width]), Add("k_proj_weight", [width, keyWidth]), Add("v_proj_weight", [width, valueWidth])];
            if (bias)
                _projectionBias = Add("in_proj_bias", [3 * width]);
            _output = nn.Linear(width, width, bias);
            register_module("out_proj", _output);
            if (add_bias_kv)
                (_keyBias, _valueBias) = (Add("bias_k", [1, 1, width]), Add("bias_v", [1, 1, width]));
            Initialize();
        }

        /// <param name="query">What asks.</param>
        /// <param name="key">What is compared with the query.</param>
        /// <param name="value">What is averaged, each by how well its key fits.</param>
        /// <param name="key_padding_mask">[N, S]: keys that do not count (true), or numbers to add to their scores.</param>
        /// <param name="need_weights">Whether the heads' mean weights come back too; the second result is null otherwise.</param>
        /// <param name="attn_mask">[L, S] or [N·heads, L, S]: pairs that do not count (true), or numbers to add to their scores.</param>
        public override Tuple<Tensor, Tensor> forward(
            Tensor query, Tensor key, Tensor value, Tensor? key_padding_mask, bool need_weights, Tensor? attn_mask)
        {
            Check(query, key, value);
            var (joined, weights) = Attend(query, key, value, key_padding_mask, need_weights, attn_mask);
            using (joined)
                return Tuple.Create(Project(joined, query.ndim == 2), weights!);
        }

        public new Tuple<Tensor, Tensor> call(
            Tensor query, Tensor key, Tensor value, Tensor? key_padding_mask = null, bool need_weights = true, Tensor? attn_mask = null) =>
            base.call(query, key, value, key_padding_mask, need_weights, attn_mask);

        private static Tensor AsIs(Tensor tensor) => tensor;

        private static Tensor Swapped(Tensor tensor) => tensor.transpose(0, 1);

        private static Tensor Single(Tensor tensor) => tensor.unsqueeze(1);

        private Parameter Add(string name, long[] shape)
        {
            var parameter = new Parameter(empty(shape));
            register_parameter(name, parameter);
            return parameter;
        }

        // in PyTorch's order, after the output layer has drawn its own
        private void Initialize()
        {
            foreach (var projection in _projections)
                nn.init.xavier_uniform_(projection);
            if (_projectionBias is not null)
            {
                nn.init.zeros_(_projectionBias);
                nn.init.zeros_(_output.bias!);
            }
            if (_keyBias is null)
                return;
            nn.init.xavier_normal_(_keyBias);
            nn.init.xavier_normal_(_valueBias!);
        }

        private void Check(Tensor query, Tensor key, Tensor value)
        {
            if (query.ndim is not (2 or 3) || key.ndim != query.ndim || value.ndim != query.ndim)
            {
                throw new ArgumentException(
                    $"Attention takes tensors of 2 or of 3 dimensions, not {query.ndim}, {key.ndim} and {value.ndim}.");
            }
            if (query.shape[^1] != _width)
            {
                throw new ArgumentException(
                    $"Attention over {_width} values does not take a query of {query.shape[^1]} ({query}).", nameof(query));
            }
            if (!key.shape.AsSpan()[..^1].SequenceEqual(value.shape.AsSpan()[..^1]))
            {
                throw new ArgumentException(
                    $"Each key needs a value: the keys are {Tensor.Shape(key.shape)}, the values {Tensor.Shape(value.shape)}.");
            }
            if (query.ndim == 3 && query.shape[_batchFirst ? 0 : 1] != key.shape[_batchFirst ? 0 : 1])
            {
                throw new ArgumentException(
                    $"The query's batch differs from the keys': {Tensor.Shape(query.shape)} and {Tensor.Shape(key.shape)}.");
            }
        }

        private (Tensor Query, Tensor Key, Tensor Value) Project(Tensor query, Tensor key, Tensor value, Func<Tensor, Tensor> arranged)
        {
            if (_projections.Length == 1 && ReferenceEquals(query, key) && ReferenceEquals(key, value))
            {
                var all = nn.functional.linear(arranged(query), _projections[0], _projectionBias).chunk(3, -1);
                return (all[0], all[1], all[2]);
            }
            var weights = _projections.Length == 1 ? _projections[0].chunk(3) : _projections;
            var biases = _projectionBias?.chunk(3) ?? new Tensor?[3];
            return (
                nn.functional.linear(arranged(query), weights[0], biases[0]),
                nn.functional.linear(arranged(key), weights[1], biases[1]),
                nn.functional.linear(arranged(value), weights[2], biases[2]));
        }

        /// <summary>The heads' results side by side, [L, N, E], and the mean of their weights.</summary>
        private (Tensor Joined, Tensor? Weights) Attend(
            Tensor query, Tensor key, Tensor value, Tensor? keyMask, bool needWeights, Tensor? pairMask)
        {
            using var scope = NewDisposeScope();
            var single = query.ndim == 2;
            var (q, k, v) = Project(query, key, value, single ? Single : _batchFirst ? Swapped : AsIs);
            if (single)
                keyMask = keyMask?.unsqueeze(0);
            var (length, samples) = (q.shape[0], q.shape[1]);
            if (_keyBias is not null)
            {
                k = cat([k, _keyBias.repeat(1, samples, 1)]);
                v = cat([v, _valueBias!.repeat(1, samples, 1)]);
            }
            if (_addZeroAttention)
                (k, v) = (nn.functional.pad(k, [0, 0, 0, 0, 0, 1]), nn.functional.pad(v, [0, 0, 0, 0, 0, 1]));
            var mask = Mask(pairMask, keyMask, samples, k.shape[0], q.dtype);
            (q, k, v) = (Split(q), Split(k), Split(v));
            var scaled = q / Math.Sqrt(_width / _heads);
            var turned = k.transpose(1, 2);
            var scores = mask is null ? Aten.Call("bmm", scaled, turned) : Aten.Call("baddbmm", mask, scaled, turned);
            var weights = nn.functional.dropout(scores.softmax(-1), _dropout, training);
            var joined = Aten.Call("bmm", weights, v).transpose(0, 1).reshape(length, samples, _width).MoveToOuterDisposeScope();
            if (!needWeights)
                return (joined, null);
            var mean = weights.view(samples, _heads, length, -1).mean([1]);
            return (joined, (single ? mean.squeeze(0) : mean).MoveToOuterDisposeScope());
        }

        // outside of any scope: what users' hooks make and keep must outlive the call
        private Tensor Project(Tensor joined, bool single)
        {
            var output = _output.call(joined);
            if (!single && !_batchFirst)
                return output;
            using (output)
                return single ? output.squeeze(1) : output.transpose(0, 1);
        }

        private Tensor Split(Tensor tensor) =>
            tensor.contiguous().view(tensor.shape[0], tensor.shape[1] * _heads, _width / _heads).transpose(0, 1);

        /// <summary>What both masks add to the scores; keys that the layer itself has added are never masked.</summary>
        private Tensor? Mask(Tensor? pairs, Tensor? keys, long samples, long length, ScalarType type)
        {
            if (keys is not null)
            {
                var added = Additive(keys, length, type).view(samples, 1, 1, length);
                keys = added.expand(-1, _heads, -1, -1).reshape(samples * _heads, 1, length);
            }
            if (pairs is null)
                return keys;
            pairs = Additive(pairs, length, type);
            if (pairs.ndim == 2)
                pairs = pairs.unsqueeze(0);
            return keys is null ? pairs : pairs + keys;
        }

        private static Tensor Additive(Tensor mask, long length, ScalarType type)
        {
            var additive = is_floating_point(mask.dtype)
                ? mask.to(type)
                : zeros(mask.shape, type, mask.device).masked_fill_(mask.to(ScalarType.Bool), double.NegativeInfinity);
            var missing = length - mask.shape[^1];
            return missing > 0 ? nn.functional.pad(additive, [0, missing]) : additive;
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <param name="embedded_dim">Values of a query and of the result.</param>
            /// <param name="num_heads">Heads that share them evenly.</param>
            /// <param name="dropout">Probability that a weight is set to zero in training.</param>
            /// <param name="bias">Whether the projections have biases.</param>
            /// <param name="add_bias_kv">Whether one learned key and value is added.</param>
            /// <param name="add_zero_attn">Whether one key and value of zeros is added.</param>
            /// <param name="kdim">Values of a key, where they differ from the query's.</param>
            /// <param name="vdim">Values of a value, where they differ from the query's.</param>
            /// <param name="batch_first">Whether tensors are [N, L, E]; PyTorch's, which TorchSharp has not.</param>
            public static MultiheadAttention MultiheadAttention(
                long embedded_dim, long num_heads, double dropout = 0.0, bool bias = true, bool add_bias_kv = false,
                bool add_zero_attn = false, long? kdim = null, long? vdim = null, bool batch_first = false) =>
                new(
                    embedded_dim, num_heads, dropout, bias, add_bias_kv, add_zero_attn, kdim ?? embedded_dim, vdim ?? embedded_dim,
                    batch_first);
        }
    }
}
