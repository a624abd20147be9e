using TorchSharp.Native;

namespace TorchSharp;

// Matrices: products with a sum, distances, and torch.linalg.
public static partial class torch
{
    public static Tensor addmm(Tensor input, Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
        Aten.Call("addmm", input, mat1, mat2, beta, alpha);

    public static Tensor mv(Tensor input, Tensor target) => input.mv(target);

    public static Tensor outer(Tensor input, Tensor vec2) => input.outer(vec2);

    public static Tensor cdist(Tensor x1, Tensor x2, double p = 2.0) => Aten.Call("cdist", x1, x2, p);

    public static Tensor trace(Tensor input) => input.trace();

    public static Tensor diag(Tensor input, long diagonal = 0) => input.diag(diagonal);

    public static Tensor norm(Tensor input, float p = 2.0f) => input.norm(p);

    /// <summary>See <see href="https://pytorch.org/docs/stable/linalg.html">torch.linalg</see>.</summary>
    public static class linalg
    {
        public static Tensor det(Tensor input) => Aten.Call("linalg_det", input);

        public static Tensor inv(Tensor input) => Aten.Call("linalg_inv", input);

        public static Tensor pinv(Tensor input) => Aten.Call("linalg_pinv", input, 1e-15);

        public static Tensor solve(Tensor left, Tensor right) => Aten.Call("linalg_solve", left, right);

        public static Tensor cholesky(Tensor input) => Aten.Call("linalg_cholesky", input);

        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') => Aten.Call("linalg_eigvalsh", input, UPLO.ToString());

        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') => Aten.Call2("linalg_eigh", input, UPLO.ToString());

        public static (Tensor Q, Tensor R) qr(Tensor input) => Aten.Call2("linalg_qr", input);

        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true) => Aten.Call3("linalg_svd", input, fullMatrices);

        public static Tensor svdvals(Tensor input) => Aten.Call("linalg_svdvals", input);

        public static Tensor matrix_rank(Tensor input) => Aten.Call("linalg_matrix_rank", input, default(Argument), false);

        public static Tensor vector_norm(Tensor input, double ord = 2, long[]? dims = null, bool keepdim = false) =>
            Aten.Call("linalg_vector_norm", input, ord, dims, keepdim);
    }

    public partial class Tensor
    {
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Aten.Call("addmm", this, mat1, mat2, beta, alpha);

        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Aten.Call("baddbmm", this, batch1, batch2, beta, alpha);

        public Tensor inner(Tensor vec2) => Aten.Call("inner", this, vec2);

        public Tensor kron(Tensor other) => Aten.Call("kron", this, other);

        public Tensor trace() => Aten.Call("trace", this);

        public Tensor inverse() => linalg.inv(this);

        public Tensor dist(Tensor other, float p = 2.0f) => Aten.Call("dist", this, other, p);

        public Tensor cov(long correction = 1, Tensor? fweights = null, Tensor? aweights = null) =>
            Aten.Call("cov", this, correction, fweights, aweights);

        public Tensor corrcoef() => Aten.Call("corrcoef", this);
    }
}
