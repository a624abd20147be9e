using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Kingma and Ba, 2014. See <see href="https://pytorch.org/docs/stable/generated/torch.optim.Adam.html">torch.optim.Adam</see>.</summary>
    public sealed class Adam : AdamFamily<Adam.Options>
    {
        internal Adam(IEnumerable<ParamGroup> groups, Options defaults)
            : base(groups, defaults)
        {
        }

        private protected override void Step(
            Options options, double lr, Tensor[] parameters, Tensor[] gradients, IReadOnlyList<Tensor[]> states, long step)
        {
            var owned = Foreach.Slopes(gradients, parameters, options.maximize == true, options.weight_decay ?? 0);
            Apply(options, lr, parameters, owned ?? gradients, states, step);
            Foreach.Dispose(owned ?? []);
        }

        private protected override bool StepFused(
            Options options, double lr, Tensor[] parameters, Tensor[] gradients, IReadOnlyList<Tensor[]> states, long step) =>
            Fused.Adam("_fused_adam_", options, lr, parameters, gradients, states, step);

        private protected override unsafe bool StepAtOnce(Options options, double lr, nint* handles, int count, long step) =>
            ApplyAtOnce(options, lr, handles, count, step, decay: options.weight_decay ?? 0, shrink: 1);

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
            public static Adam Adam(
                IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                Adam([new Adam.ParamGroup(parameters, new Adam.Options())], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static Adam Adam(
                IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                Adam(parameters.Select(entry => entry.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static Adam Adam(
                IEnumerable<Adam.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, AdamOptions.Of<Adam.Options>(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize));
        }
    }
}
