using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>
    /// Normalises each feature over the batch, then scales and shifts it; in evaluation, with the running mean and variance of training.
    /// Source: Ioffe and Szegedy, 2015.
    /// </summary>
    public abstract class BatchNorm : NormBase
    {
        private protected BatchNorm(
            string name, long features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(name, features, eps, momentum, affine, track_running_stats, device, dtype)
        {
        }

        private protected override Tensor Normalize(Tensor input)
        {
            if (training)
                num_batches_tracked?.add_(1);
            return nn.functional.batch_norm(
                input, running_mean, running_var, weight, bias, training || running_mean is null, momentum, eps);
        }
    }

    /// <summary>Batch norm over [N, C] or [N, C, L].</summary>
    public sealed class BatchNorm1d : BatchNorm
    {
        internal BatchNorm1d(
            long features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(nameof(BatchNorm1d), features, eps, momentum, affine, track_running_stats, device, dtype)
        {
        }

        private protected override bool Accepts(long rank) => rank is 2 or 3;
    }

    /// <summary>Batch norm over [N, C, H, W].</summary>
    public sealed class BatchNorm2d : BatchNorm
    {
        internal BatchNorm2d(
            long features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(nameof(BatchNorm2d), features, eps, momentum, affine, track_running_stats, device, dtype)
        {
        }

        private protected override bool Accepts(long rank) => rank is 4;
    }

    /// <summary>Batch norm over [N, C, D, H, W].</summary>
    public sealed class BatchNorm3d : BatchNorm
    {
        internal BatchNorm3d(
            long features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(nameof(BatchNorm3d), features, eps, momentum, affine, track_running_stats, device, dtype)
        {
        }

        private protected override bool Accepts(long rank) => rank is 5;
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static BatchNorm1d BatchNorm1d(
                long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

            public static BatchNorm2d BatchNorm2d(
                long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

            public static BatchNorm3d BatchNorm3d(
                long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);
        }
    }
}
