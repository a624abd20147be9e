using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Normalises each feature of each sample of [N, C, H, W] or [C, H, W]. Source: Ulyanov et al., 2016.</summary>
    public sealed class InstanceNorm2d : NormBase
    {
        internal InstanceNorm2d(
            long features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(nameof(InstanceNorm2d), features, eps, momentum, affine, track_running_stats, device, dtype)
        {
        }

        private protected override bool Accepts(long rank) => rank is 3 or 4;

        private protected override Tensor Normalize(Tensor input)
        {
            // libtorch takes any number of features where there is nothing to scale
            if (input.shape[^3] != num_features)
            {
                throw new ArgumentException(
                    $"{GetName()} of {num_features} features does not take an input of {input.shape[^3]} ({input}).", nameof(input));
            }
            if (input.ndim == 4)
                return Call(input);
            using var batch = input.unsqueeze(0);
            using var normal = Call(batch);
            return normal.squeeze(0);
        }

        private Tensor Call(Tensor input) => nn.functional.instance_norm(
            input, running_mean, running_var, weight, bias, training || !track_running_stats, momentum, eps);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static InstanceNorm2d InstanceNorm2d(
                long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = false, bool track_running_stats = false,
                Device? device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

            public static partial class functional
            {
                public static Tensor instance_norm(
                    Tensor input, Tensor? running_mean = null, Tensor? running_var = null, Tensor? weight = null, Tensor? bias = null,
                    bool use_input_stats = true, double momentum = 0.1, double eps = 1e-5) =>
                    use_input_stats && input.ndim > 2 && input.numel() == input.shape[0] * input.shape[1]
                        ? throw new ArgumentException($"An instance norm needs more than one value a channel; the input is {input}.", nameof(input))
                        : Aten.Call("instance_norm", input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, true);
            }
        }
    }
}
