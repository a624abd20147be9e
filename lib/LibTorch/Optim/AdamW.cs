using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Loshchilov and Hutter, 2017: Adam whose decay of the weights is apart from the gradients. See <see href="https://pytorch.org/docs/stable/generated/torch.optim.AdamW.html">torch.optim.AdamW</see>.</summary>
    /// <remarks>Without a <c>weight_decay</c> there is none, as in TorchSharp; PyTorch's default is 0.01.</remarks>
    public sealed class AdamW : ForeachOptimizer<AdamW.Options>
    {
        internal AdamW(IEnumerable<ParamGroup> groups, Options defaults)
            : base(groups, defaults)
        {
        }

        private protected override string[] StateNames(Options options) => Adam.NamesOf(options.amsgrad == true);

        private protected override void Step(
            Options options, double lr, Tensor[] parameters, Tensor[] gradients, IReadOnlyList<Tensor[]> states, long step)
        {
            var owned = options.maximize == true ? Foreach.Negative(gradients) : null;
            if (options.weight_decay is { } decay and not 0)
                Foreach.Multiply(parameters, 1 - (lr * decay));
            Adam.Apply(parameters, owned ?? gradients, states, step, lr, options.beta1 ?? 0, options.beta2 ?? 0, options.eps ?? 0);
            Foreach.Dispose(owned ?? []);
        }

        /// <summary>The settings of a group.</summary>
        public sealed class Options : OptimizerOptions
        {
            public double? beta1 { get; set; }

            public double? beta2 { get; set; }

            public double? eps { get; set; }

            public double? weight_decay { get; set; }

            public bool? amsgrad { get; set; }

            public bool? maximize { get; set; }

            private protected override void Inherit(OptimizerOptions defaults)
            {
                var other = (Options)defaults;
                beta1 ??= other.beta1;
                beta2 ??= other.beta2;
                eps ??= other.eps;
                weight_decay ??= other.weight_decay;
                amsgrad ??= other.amsgrad;
                maximize ??= other.maximize;
            }
        }

        /// <summary>Parameters with settings of their own.</summary>
        public sealed class ParamGroup : ParamGroup<Options>, optim.IBetas
        {
            public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                : base(parameters, options)
            {
            }

            public ParamGroup(
                IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : this(parameters, Settings(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize))
            {
            }

            public (double, double) Betas
            {
                get => (Options.beta1 ?? 0, Options.beta2 ?? 0);
                set => (Options.beta1, Options.beta2) = value;
            }

            internal static Options Settings(
                double lr, double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize) =>
                new()
                {
                    LearningRate = lr,
                    beta1 = beta1,
                    beta2 = beta2,
                    eps = eps,
                    weight_decay = weight_decay,
                    amsgrad = amsgrad,
                    maximize = maximize,
                };
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
                new(parameters, Modules.AdamW.ParamGroup.Settings(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize));
        }
    }
}
