using TorchSharp.Native;

namespace TorchSharp;

// Tensors seen, joined, cut and picked in other shapes.
public static partial class torch
{
    public static Tensor reshape(Tensor tensor, params long[] shape) => tensor.reshape(shape);

    public static Tensor flatten(Tensor input, long start_dim = 0, long end_dim = -1) => input.flatten(start_dim, end_dim);

    public static Tensor squeeze(Tensor input, long? dim = null) => input.squeeze(dim);

    public static Tensor unsqueeze(Tensor input, long dim) => input.unsqueeze(dim);

    public static Tensor transpose(Tensor input, long dim0, long dim1) => input.transpose(dim0, dim1);

    public static Tensor permute(Tensor input, params long[] permutation) => input.permute(permutation);

    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Aten.Call("cat", tensors.ToArray(), dim);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Aten.Call("stack", tensors.ToArray(), dim);

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Aten.Call("where.self", condition, x, y);

    public partial class Tensor
    {
        public Tensor reshape(params long[] shape) => Aten.Call("reshape", this, shape);

        public Tensor view(params long[] shape) => Aten.Call("view", this, shape);

        public Tensor view_as(Tensor other) => view(other.shape);

        public Tensor reshape_as(Tensor other) => reshape(other.shape);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Aten.Call("flatten.using_ints", this, start_dim, end_dim);

        public Tensor unflatten(long dim, params long[] sizes) => Aten.Call("unflatten.int", this, dim, sizes);

        public Tensor squeeze(long? dim = null) => dim is { } one ? Aten.Call("squeeze.dim", this, one) : Aten.Call("squeeze", this);

        public Tensor unsqueeze(long dim) => Aten.Call("unsqueeze", this, dim);

        public Tensor transpose(long dim0, long dim1) => Aten.Call("transpose.int", this, dim0, dim1);

        public Tensor t() => Aten.Call("t", this);

        public Tensor permute(params long[] permutation) => Aten.Call("permute", this, permutation);

        public Tensor movedim(long source, long destination) => Aten.Call("movedim.int", this, source, destination);

        public Tensor expand(params long[] sizes) => Aten.Call("expand", this, sizes);

        public Tensor expand_as(Tensor other) => expand(other.shape);

        public Tensor repeat(params long[] sizes) => Aten.Call("repeat", this, sizes);

        public Tensor repeat_interleave(long repeats, long? dim = null) => Aten.Call("repeat_interleave.self_int", this, repeats, dim);

        public Tensor contiguous() => Aten.Call("contiguous", this);

        public Tensor[] split(long size, long dim = 0) => Aten.CallList("split.Tensor", this, size, dim);

        public Tensor[] split(long[] sizes, long dim = 0) => Aten.CallList("split_with_sizes", this, sizes, dim);

        public Tensor[] chunk(long chunks, long dim = 0) => Aten.CallList("chunk", this, chunks, dim);

        public Tensor[] unbind(long dim = 0) => Aten.CallList("unbind.int", this, dim);

        public Tensor narrow(long dim, long start, long length) => Aten.Call("narrow", this, dim, start, length);

        public Tensor select(long dim, long index) => Aten.Call("select.int", this, dim, index);

        public Tensor slice(long dim, long start, long finish, long step) => Aten.Call("slice.Tensor", this, dim, start, finish, step);

        public Tensor index_select(long dim, Tensor index) => Aten.Call("index_select", this, dim, index);

        public Tensor gather(long dim, Tensor index) => Aten.Call("gather", this, dim, index);

        public Tensor scatter(long dim, Tensor index, Tensor src) => Aten.Call("scatter.src", this, dim, index, src);

        public Tensor scatter_(long dim, Tensor index, Tensor src) => Aten.InPlace("scatter_.src", this, dim, index, src);

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Aten.InPlace("scatter_add_", this, dim, index, src);

        public Tensor take(Tensor index) => Aten.Call("take", this, index);

        public Tensor masked_select(Tensor mask) => Aten.Call("masked_select", this, mask);

        public Tensor masked_fill(Tensor mask, Scalar value) => Aten.Call("masked_fill.Scalar", this, mask, value);

        public Tensor masked_fill_(Tensor mask, Scalar value) => Aten.InPlace("masked_fill_.Scalar", this, mask, value);

        public Tensor where(Tensor condition, Tensor other) => torch.where(condition, this, other);

        public Tensor nonzero() => Aten.Call("nonzero", this);

        public Tensor flip(params long[] dims) => Aten.Call("flip", this, dims);

        public Tensor roll(long shifts, long dims) => Aten.Call("roll", this, shifts, dims);

        public Tensor tril(long diagonal = 0) => Aten.Call("tril", this, diagonal);

        public Tensor triu(long diagonal = 0) => Aten.Call("triu", this, diagonal);

        public Tensor diag(long diagonal = 0) => Aten.Call("diag", this, diagonal);
    }
}
