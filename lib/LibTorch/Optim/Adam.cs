using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Kingma and Ba, 2014. See <see href="https://pytorch.org/docs/stable/generated/torch.optim.Adam.html">torch.optim.Adam</see>.</summary>
    public sealed class Adam : ForeachOptimizer<Adam.Options>
    {
        internal Adam(IEnumerable<ParamGroup> groups, Options defaults)
            : base(groups, defaults)
        {
        }

        /// <summary>What Adam and AdamW share: all but the weights' decay.</summary>
        internal static void Apply(
            Tensor[] parameters, Tensor[] slopes, IReadOnlyList<Tensor[]> states, long step, double lr, double beta1, double beta2, double eps)
        {
            var (mean, square) = (states[0], states[1]);
            Foreach.Multiply(mean, beta1);
            Foreach.Add(mean, slopes, 1 - beta1);
            Foreach.Multiply(square, beta2);
            Foreach.AddProduct(square, slopes, slopes, 1 - beta2);
            if (states.Count > 2)
                Foreach.Maximum(states[2], square);
            var scale = Foreach.SquareRoot(states[^1]);
            Foreach.Divide(scale, Math.Sqrt(1 - Math.Pow(beta2, step)));
            Foreach.Add(scale, eps);
            Foreach.AddQuotient(parameters, mean, scale, -lr / (1 - Math.Pow(beta1, step)));
            Foreach.Dispose(scale);
        }

        private protected override string[] StateNames(Options options) => NamesOf(options.amsgrad == true);

        internal static string[] NamesOf(bool amsgrad) =>
            amsgrad ? ["exp_avg", "exp_avg_sq", "max_exp_avg_sq"] : ["exp_avg", "exp_avg_sq"];

        private protected override void Step(
            Options options, double lr, Tensor[] parameters, Tensor[] gradients, IReadOnlyList<Tensor[]> states, long step)
        {
            var owned = Foreach.Slopes(gradients, parameters, options.maximize == true, options.weight_decay ?? 0);
            var slopes = owned ?? gradients;
            Apply(parameters, slopes, states, step, lr, options.beta1 ?? 0, options.beta2 ?? 0, options.eps ?? 0);
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
                new(parameters, Modules.Adam.ParamGroup.Settings(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize));
        }
    }
}
