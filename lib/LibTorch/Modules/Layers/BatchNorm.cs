using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>
    /// Normalises each feature over the batch, then scales and shifts it; in evaluation, with the running mean and variance of training.
    /// Source: Ioffe and Szegedy, 2015.
    /// </summary>
    public abstract class BatchNorm : nn.Module<Tensor, Tensor>
    {
        private readonly double _eps;
        private readonly double _momentum;

        private protected BatchNorm(
            string name, long features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(name)
        {
            (num_features, _eps, _momentum) = (features, eps, momentum);
            if (affine)
            {
                weight = new Parameter(ones([features], dtype, device));
                bias = new Parameter(zeros([features], dtype, device));
                register_parameter(nameof(weight), weight);
                register_parameter(nameof(bias), bias);
            }
            if (!track_running_stats)
                return;
            running_mean = zeros([features], dtype, device);
            running_var = ones([features], dtype, device);
            num_batches_tracked = zeros([], ScalarType.Int64, device);
            register_buffer(nameof(running_mean), running_mean);
            register_buffer(nameof(running_var), running_var);
            register_buffer(nameof(num_batches_tracked), num_batches_tracked);
        }

        public long num_features { get; }

        public Parameter? weight { get; }

        public Parameter? bias { get; }

        public Tensor? running_mean { get; }

        public Tensor? running_var { get; }

        public Tensor? num_batches_tracked { get; }

        public override Tensor forward(Tensor input)
        {
            var rank = input.ndim;
            if (!Accepts(rank))
                throw new ArgumentException($"{GetName()} does not take an input of {rank} dimensions ({input}).", nameof(input));
            if (training)
                num_batches_tracked?.add_(1);
            return nn.functional.batch_norm(
                input, running_mean, running_var, weight, bias, training || running_mean is null, _momentum, _eps);
        }

        private protected abstract bool Accepts(long rank);
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
        }
    }
}
