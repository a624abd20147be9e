using TorchSharp.Native;

namespace TorchSharp;

// Order statistics and what is counted.
public static partial class torch
{
    public static Tensor median(Tensor input) => input.median();

    public static Tensor amax(Tensor input, long[] dims, bool keepdim = false) => input.amax(dims, keepdim);

    public static Tensor amin(Tensor input, long[] dims, bool keepdim = false) => input.amin(dims, keepdim);

    public static Tensor cumsum(Tensor input, long dim, ScalarType? type = null) => input.cumsum(dim, type);

    public static Tensor cumprod(Tensor input, long dim, ScalarType? type = null) => input.cumprod(dim, type);

    public static (Tensor Values, Tensor Indices) sort(Tensor input, long dim = -1, bool descending = false, bool stable = false) =>
        input.sort(dim, descending, stable);

    public static Tensor argsort(Tensor input, long dim = -1, bool descending = false) => input.argsort(dim, descending);

    public static (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(
        Tensor input, bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null) =>
        input.unique(sorted, return_inverse, return_counts, dim);

    public static Tensor all(Tensor input) => input.all();

    public static Tensor any(Tensor input) => input.any();

    public static Tensor bincount(Tensor input, Tensor? weights = null, long minlength = 0) => input.bincount(weights, minlength);

    public static Tensor histc(Tensor input, long bins = 100, long min = 0, long max = 0) => Aten.Call("histc", input, bins, min, max);

    public static Tensor quantile(Tensor input, Tensor q, long dim = -1, bool keepdim = false) =>
        Aten.Call("quantile", input, q, dim, keepdim);

    public static (Tensor std, Tensor mean) std_mean(Tensor input, bool unbiased = true) => input.std_mean(unbiased);

    public static (Tensor @var, Tensor mean) var_mean(Tensor input, bool unbiased = true) => input.var_mean(unbiased);

    public partial class Tensor
    {
        public Tensor median() => Aten.Call("median", this);

        public (Tensor values, Tensor indices) mode(long dim = -1, bool keepdim = false) => Aten.Call2("mode", this, dim, keepdim);

        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false) =>
            Aten.Call2("kthvalue", this, k, dim ?? -1, keepdim);

        public Tensor amax(params long[] dims) => Aten.Call("amax", this, dims);

        public Tensor amax(long[] dims, bool keepdim) => Aten.Call("amax", this, dims, keepdim);

        public Tensor amin(params long[] dims) => Aten.Call("amin", this, dims);

        public Tensor amin(long[] dims, bool keepdim) => Aten.Call("amin", this, dims, keepdim);

        public (Tensor min, Tensor max) aminmax(long? dim = null, bool keepdim = false) => Aten.Call2("aminmax", this, dim, keepdim);

        public Tensor cumprod(long dim, ScalarType? type = null) => Aten.Call("cumprod", this, dim, type);

        public Tensor diff(long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null) =>
            Aten.Call("diff", this, n, dim, prepend, append);

        public (Tensor std, Tensor mean) std_mean(bool unbiased = true) => Aten.Call2("std_mean", this, unbiased);

        public (Tensor @var, Tensor mean) var_mean(bool unbiased = true) => Aten.Call2("var_mean", this, unbiased);

        /// <summary>The values there are, each once; with <paramref name="dim"/>, the slices along it.</summary>
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(
            bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            var (output, inverse, counts) = dim is { } along
                ? Aten.Call3("unique_dim", this, along, sorted, return_inverse, return_counts)
                : Aten.Call3("_unique2", this, sorted, return_inverse, return_counts);
            return (output, Kept(inverse, return_inverse), Kept(counts, return_counts));
        }

        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique_consecutive(
            bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            var (output, inverse, counts) = Aten.Call3("unique_consecutive", this, return_inverse, return_counts, (long?)dim);
            return (output, Kept(inverse, return_inverse), Kept(counts, return_counts));
        }

        private static Tensor? Kept(Tensor tensor, bool wanted)
        {
            if (wanted)
                return tensor;
            tensor?.Dispose();
            return null;
        }
    }
}
