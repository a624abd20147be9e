using TorchSharp.Native;

namespace TorchSharp;

// Weights whose values depend on each other: orthogonal, unit, sparse.
public static partial class torch
{
    public static partial class nn
    {
        public static partial class init
        {
            /// <summary>Rows or columns, whichever are fewer, orthogonal to each other. Source: Saxe et al., 2013.</summary>
            public static Tensor orthogonal_(Tensor tensor, double gain = 1.0)
            {
                if (tensor.ndim < 2)
                    throw Unfit(nameof(orthogonal_), "two or more dimensions", tensor);
                if (tensor.numel() == 0)
                    return tensor;
                using var untracked = no_grad();
                using var scope = NewDisposeScope();
                var rows = tensor.shape[0];
                var columns = tensor.numel() / rows;
                var drawn = empty([rows, columns], tensor.dtype, tensor.device).normal_();
                var (q, r) = Aten.Call2("linalg_qr", rows < columns ? drawn.t() : drawn);
                var signed = q * r.diag().sign();
                var turned = rows < columns ? signed.t() : signed;
                return tensor.copy_(turned.reshape(tensor.shape)).mul_(gain);
            }

            /// <summary>From the normal distribution, but for what lies outside <paramref name="a"/> to <paramref name="b"/>.</summary>
            public static Tensor trunc_normal_(
                Tensor tensor, double mean = 0.0, double std = 1.0, double a = -2.0, double b = 2.0, Generator? generator = null)
            {
                using var untracked = no_grad();
                var (lower, upper) = (ErrorFunction((a - mean) / std / Math.Sqrt(2)), ErrorFunction((b - mean) / std / Math.Sqrt(2)));
                tensor.uniform_(lower, upper, generator);
                Aten.Do("erfinv_", tensor);
                return tensor.mul_(std * Math.Sqrt(2)).add_(mean).clamp_(a, b);
            }

            /// <summary>Ones on the diagonal of a matrix, zeros elsewhere.</summary>
            public static Tensor eye_(Tensor tensor)
            {
                if (tensor.ndim != 2)
                    throw Unfit(nameof(eye_), "two dimensions", tensor);
                using var untracked = no_grad();
                using var diagonal = Aten.Call("diagonal", tensor.zero_());
                diagonal.fill_(1);
                return tensor;
            }

            /// <summary>A convolution's weight that hands as many channels on as it can.</summary>
            public static Tensor dirac_(Tensor tensor)
            {
                if (tensor.ndim is not (3 or 4 or 5))
                    throw Unfit(nameof(dirac_), "three to five dimensions", tensor);
                using var untracked = no_grad();
                using var scope = NewDisposeScope();
                var middle = tensor.zero_().alias();
                for (var dim = tensor.ndim - 1; dim >= 2; dim--)
                    middle = middle.select(dim, tensor.shape[dim] / 2);
                Aten.Call("diagonal", middle).fill_(1);
                return tensor;
            }

            /// <summary>Draws a matrix from the normal distribution, and sets a fraction of each column to zero. Source: Martens, 2010.</summary>
            public static Tensor sparse_(Tensor tensor, double sparsity, double std = 0.01)
            {
                if (tensor.ndim != 2)
                    throw Unfit(nameof(sparse_), "two dimensions", tensor);
                using var untracked = no_grad();
                using var scope = NewDisposeScope();
                var (rows, columns) = (tensor.shape[0], tensor.shape[1]);
                var zeros = (long)Math.Ceiling(sparsity * rows);
                tensor.normal_(0, std);
                for (var column = 0L; column < columns; column++)
                {
                    var chosen = Aten.Call("randperm", rows).narrow(0, 0, zeros).to(tensor.device);
                    Aten.Do("index_fill_.int_Scalar", tensor.select(1, column), 0L, chosen, 0.0);
                }
                return tensor;
            }

            private static double ErrorFunction(double x)
            {
                using var value = tensor(x);
                return value.erf_().ToDouble();
            }

            private static ArgumentException Unfit(string name, string wanted, Tensor tensor) =>
                new($"{name} needs a tensor of {wanted}; this one is {Tensor.Shape(tensor.shape)}.", nameof(tensor));
        }
    }
}
