using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Loshchilov and Hutter, 2017: Adam whose decay of the weights is apart from the gradients. See <see href="https://pytorch.org/docs/stable/generated/torch.optim.AdamW.html">torch.optim.AdamW</see>.</summary>
    /// <remarks>Without a <c>weight_decay</c> there is none, as in TorchSharp; PyTorch's default is 0.01.</remarks>
    public sealed class AdamW : AdamFamily<AdamW.Options>
    {
        internal AdamW(IEnumerable<ParamGroup> groups, Options defaults)
            : base(groups, defaults)
        {
        }

        private protected override void Step(
            Options options, double lr, Tensor[] parameters, Tensor[] gradients, IReadOnlyList<Tensor[]> states, long step)
        {
            var owned = options.maximize == true ? Foreach.Negative(gradients) : null;
            if (options.weight_decay is { } decay and not 0)
                Foreach.Multiply(parameters, 1 - (lr * decay));
            Apply(options, lr, parameters, owned ?? gradients, states, step);
            Foreach.Dispose(owned ?? []);
        }

        private protected override bool StepFused(
            Options options, double lr, Tensor[] parameters, Tensor[] gradients, IReadOnlyList<Tensor[]> states, long step) =>
            Fused.Adam("_fused_adamw_", options, lr, parameters, gradients, states, step);

        private protected override unsafe bool StepAtOnce(Options options, double lr, nint* handles, int count, long step) =>
            ApplyAtOnce(options, lr, handles, count, step, decay: 0, shrink: 1 - (lr * (options.weight_decay ?? 0)));

        /// <summary>The settings of a group.</summary>
        public sealed class Options : AdamOptions;

        /// <summary>Parameters with settings of their own.</summary>
        public sealed class ParamGroup : AdamParamGroup<Options>
        {
            public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                : base(parameters, options)
            {
            }

            public ParamGroup(
                IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : this(parameters, AdamOptions.Of<Options>(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize))
            {
            }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static AdamW AdamW(
                IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                AdamW([new AdamW.ParamGroup(parameters, new AdamW.Options())], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static AdamW AdamW(
                IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                AdamW(parameters.Select(entry => entry.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static AdamW AdamW(
                IEnumerable<AdamW.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, AdamOptions.Of<AdamW.Options>(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize));
        }
    }
}
