using TorchSharp.Native;

namespace TorchSharp;

// Operators that are used now and then.
public static partial class torch
{
    public static Tensor count_nonzero(Tensor input, long[]? dims = null) => input.count_nonzero(dims);

    public static Tensor logsumexp(Tensor input, long dim, bool keepdim = false) => input.logsumexp(dim, keepdim);

    public static bool allclose(Tensor input, Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
        input.allclose(target, rtol, atol, equal_nan);

    public static Tensor isclose(Tensor input, Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
        input.isclose(other, rtol, atol, nanEqual);

    /// <summary>Element-wise, as <see cref="Tensor.equal"/>.</summary>
    public static Tensor equal(Tensor tensor, Tensor other) => tensor.equal(other);

    public static Tensor lerp(Tensor input, Tensor end, Tensor weight) => input.lerp(end, weight);

    public static Tensor baddbmm(Tensor input, Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
        Aten.Call("baddbmm", input, batch1, batch2, beta, alpha);

    public static Tensor tensordot(Tensor a, Tensor b, long[] dims1, long[] dims2) => Aten.Call("tensordot", a, b, dims1, dims2);

    public static Tensor cross(Tensor input, Tensor other, long dim) => Aten.Call("cross", input, other, dim);

    public static Tensor poisson(Tensor input, Generator? generator = null) => Aten.Call("poisson", input, Stream(generator, input.device));

    public static Tensor complex(Tensor real, Tensor imag) => Aten.Call("complex", real, imag);

    public static Tensor column_stack(params Tensor[] tensors) => Aten.Call("column_stack", tensors);

    public static Tensor row_stack(params Tensor[] tensors) => vstack(tensors);

    public static Tensor dstack(params Tensor[] tensors) => Aten.Call("dstack", tensors);

    public static Tensor block_diag(params Tensor[] tensors) => Aten.Call("block_diag", tensors);

    public static Tensor cartesian_prod(params Tensor[] tensors) => Aten.Call("cartesian_prod", tensors);

    public static Tensor[] tensor_split(Tensor tensor, long size, long dim = 0) => tensor.tensor_split(size, dim);

    /// <summary>Where the condition holds: the numbers of the places, one tensor a dimension.</summary>
    public static Tensor[] where(Tensor condition) => Aten.CallList("where", condition);

    public static Tensor searchsorted(Tensor sorted_sequence, Tensor values, bool out_int32 = false, bool right = false) =>
        Aten.Call("searchsorted.Tensor", sorted_sequence, values, out_int32, right);

    public static Tensor bucketize(Tensor input, Tensor boundaries, bool outInt32 = false, bool right = false) =>
        input.bucketize(boundaries, outInt32, right);

    public static Tensor floor_divide(Tensor left, Tensor right) => left.floor_divide(right);

    public static Tensor nan_to_num(Tensor input, double? nan = null, double? posinf = null, double? neginf = null) =>
        input.nan_to_num(nan, posinf, neginf);

    public static Tensor rot90(Tensor input, long k = 1, (long, long)? dims = null) => input.rot90(k, dims);

    public static Tensor round(Tensor input, long decimals) => input.round(decimals);

    public static Tensor nansum(Tensor input) => input.nansum();

    public static Tensor fmax(Tensor input, Tensor other) => Aten.Call("fmax", input, other);

    public static Tensor fmin(Tensor input, Tensor other) => Aten.Call("fmin", input, other);

    public static Tensor logdet(Tensor input) => Aten.Call("logdet", input);

    public static Tensor clamp(Tensor input, Tensor? min, Tensor? max) => input.clamp(min, max);

    public static Tensor sum(Tensor input, long[] dim, bool keepdim = false, ScalarType? type = null) => input.sum(dim, keepdim, type);

    // a literal 0 would otherwise be taken for a truth value or a type
    public static Tensor std(Tensor input, int dim, bool unbiased = true, bool keepdim = false) => input.std(dim, unbiased, keepdim);

    public static Tensor std(Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false) =>
        input.std(dimensions, unbiased, keepdim);

    public static Tensor var(Tensor input, int dim, bool unbiased = true, bool keepdim = false) => input.var(dim, unbiased, keepdim);

    public static Tensor var(Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false) =>
        input.var(dimensions, unbiased, keepdim);

    public partial class Tensor
    {
        public Tensor lerp(Tensor end, Tensor weight) => Aten.Call("lerp.Tensor", this, end, weight);

        /// <summary>Within bounds of its own for each element.</summary>
        public Tensor clamp(Tensor? min, Tensor? max) => Aten.Call("clamp.Tensor", this, min, max);

        public Tensor unsqueeze_(long dim) => Aten.InPlace("unsqueeze_", this, dim);

        public Tensor squeeze_(long dim) => Aten.InPlace("squeeze_.dim", this, dim);

        public Tensor transpose_(long dim0, long dim1) => Aten.InPlace("transpose_", this, dim0, dim1);

        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

        public Tensor floor_divide(Tensor other) => Aten.Call("floor_divide", this, other);

        public Tensor floor_divide(Scalar other) => Aten.Call("floor_divide.Scalar", this, other);

        public Tensor true_divide(Tensor other) => div(other);

        public Tensor hypot(Tensor other) => Aten.Call("hypot", this, other);

        public Tensor nan_to_num(double? nan = null, double? posinf = null, double? neginf = null) =>
            Aten.Call("nan_to_num", this, nan, posinf, neginf);

        /// <summary>Rounded to so many places after the point, or before it.</summary>
        public Tensor round(long decimals) => Aten.Call("round.decimals", this, decimals);

        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => torch.quantile(this, q, dim, keepdim);

        public Tensor histc(long bins = 100, long min = 0, long max = 0) => torch.histc(this, bins, min, max);

        public (Tensor values, Tensor indices) median(long dim, bool keepdim = false) => Aten.Call2("median.dim", this, dim, keepdim);

        public (Tensor values, Tensor indexes) cummax(long dim) => Aten.Call2("cummax", this, dim);

        public (Tensor values, Tensor indexes) cummin(long dim) => Aten.Call2("cummin", this, dim);

        public Tensor nansum() => Aten.Call("nansum", this);

        public Tensor nanmean(int? dim = null, bool keepdim = false, ScalarType? dtype = null) =>
            Aten.Call("nanmean", this, dim is { } one ? new long[] { one } : null, keepdim, dtype);

        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) =>
            Aten.Call("bucketize.Tensor", this, boundaries, outInt32, right);

        public Tensor rot90(long k = 1, (long, long)? dims = null) =>
            Aten.Call("rot90", this, k, dims is var (from, to) ? [from, to] : new long[] { 0, 1 });

        public Tensor[] hsplit(long size) => Aten.CallList("hsplit.int", this, size);

        public Tensor[] vsplit(long size) => Aten.CallList("vsplit.int", this, size);

        public Tensor diagflat(long offset = 0) => Aten.Call("diagflat", this, offset);

        public Tensor diag_embed(long offset = 0, long dim1 = -2, long dim2 = -1) => Aten.Call("diag_embed", this, offset, dim1, dim2);

        public Tensor det() => linalg.det(this);

        public Tensor exponential_(double lambda = 1.0, Generator? generator = null) =>
            Aten.InPlace("exponential_", this, lambda, Stream(generator, device));

        public Tensor scatter(long dim, Tensor index, Scalar value) => Aten.Call("scatter.value", this, dim, index, value);

        public Tensor scatter_(long dim, Tensor index, Scalar value) => Aten.InPlace("scatter_.value", this, dim, index, value);

        public Tensor new_zeros(params long[] size) => Aten.Call("new_zeros", this, size);

        public Tensor new_ones(params long[] size) => Aten.Call("new_ones", this, size);

        public Tensor new_empty(params long[] size) => Aten.Call("new_empty", this, size);

        public Tensor new_full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null) =>
            Aten.Call("new_full", this, size, value, dtype, default(Argument), device);
    }
}
