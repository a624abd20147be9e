namespace TorchSharp;

public static partial class torch
{
    /// <summary>One index into one dimension of a tensor. Numbers, ranges, truth values and tensors convert to it by themselves.</summary>
    public readonly struct TensorIndex
    {
        private readonly Kind _kind;
        private readonly long? _start;
        private readonly long? _stop;
        private readonly long _step;

        private TensorIndex(Kind kind, long? start = null, long? stop = null, long step = 1, Tensor? tensor = null)
        {
            _kind = kind;
            _start = start;
            _stop = stop;
            _step = step;
            Tensor = tensor;
        }

        private enum Kind
        {
            Number,
            Slice,
            Ellipsis,
            None,
            Truth,
            Tensor,
        }

        /// <summary>All dimensions that no other index names.</summary>
        public static TensorIndex Ellipsis { get; } = new(Kind.Ellipsis);

        /// <summary>A new dimension of length 1.</summary>
        public static TensorIndex None { get; } = new(Kind.None);

        /// <summary>The whole dimension.</summary>
        public static TensorIndex Colon { get; } = new(Kind.Slice);

        public static TensorIndex Null => None;

        internal Tensor? Tensor { get; }

        internal bool IsEllipsis => _kind == Kind.Ellipsis;

        internal bool IsNumber => _kind == Kind.Number;

        /// <summary>How many of the tensor's dimensions the index uses up: a mask, as many as it has.</summary>
        internal long Dimensions => _kind switch
        {
            Kind.Number or Kind.Slice => 1,
            Kind.Tensor => Tensor!.dtype is ScalarType.Bool or ScalarType.Byte ? Tensor.ndim : 1,
            _ => 0,
        };

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new(Kind.Slice, start, stop, step ?? 1);

        public static TensorIndex Single(long index) => new(Kind.Number, index);

        public static TensorIndex Bool(bool value) => new(Kind.Truth, value ? 1 : 0);

        public static implicit operator TensorIndex(long index) => Single(index);

        public static implicit operator TensorIndex(int index) => Single(index);

        public static implicit operator TensorIndex(bool value) => Bool(value);

        public static implicit operator TensorIndex(Tensor tensor) => new(Kind.Tensor, tensor: tensor);

        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);

        public static implicit operator TensorIndex(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            range.End.IsFromEnd ? (range.End.Value == 0 ? null : -range.End.Value) : range.End.Value);

        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range.start, range.end);

        internal Tensor Apply(Tensor tensor, long dim) => _kind switch
        {
            Kind.Number => tensor.select(dim, _start!.Value),
            Kind.Slice => Native.Aten.Call("slice.Tensor", tensor, dim, _start, _stop, _step),
            Kind.None => tensor.unsqueeze(dim),
            _ when _start == 1 => tensor.unsqueeze(dim),
            _ => tensor.unsqueeze(dim).slice(dim, 0, 0, 1),
        };
    }
}
