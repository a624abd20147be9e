using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>
    /// Dozat, 2016: Adam with Nesterov's momentum. See
    /// <see href="https://pytorch.org/docs/stable/generated/torch.optim.NAdam.html">torch.optim.NAdam</see>.
    /// </summary>
    public sealed class NAdam : ForeachOptimizer<NAdam.Options>
    {
        internal NAdam(IEnumerable<ParamGroup> groups, Options defaults)
            : base(groups, defaults)
        {
        }

        private protected override string[] StateNames(Options options) => ["exp_avg", "exp_avg_sq"];

        private protected override void Step(
            Options options, double lr, Tensor[] parameters, Tensor[] gradients, IReadOnlyList<Tensor[]> states, long step)
        {
            var (beta1, beta2, decay) = (options.beta1 ?? 0, options.beta2 ?? 0, options.momentum_decay ?? 0);
            var owned = Foreach.Slopes(gradients, parameters, maximize: false, options.weight_decay ?? 0);
            var slopes = owned ?? gradients;
            var (mean, square) = (states[0], states[1]);
            Foreach.Multiply(mean, beta1);
            Foreach.Add(mean, slopes, 1 - beta1);
            Foreach.Multiply(square, beta2);
            Foreach.AddProduct(square, slopes, slopes, 1 - beta2);
            var scale = Foreach.SquareRoot(square);
            Foreach.Divide(scale, Math.Sqrt(1 - Math.Pow(beta2, step)));
            Foreach.Add(scale, options.eps ?? 0);
            var (now, next) = (Momentum(beta1, decay, step), Momentum(beta1, decay, step + 1));
            var product = Product(beta1, decay, step);
            Foreach.AddQuotient(parameters, slopes, scale, -lr * (1 - now) / (1 - product));
            Foreach.AddQuotient(parameters, mean, scale, -lr * next / (1 - (product * next)));
            Foreach.Dispose(scale);
            Foreach.Dispose(owned ?? []);
        }

        private static double Momentum(double beta1, double decay, long step) => beta1 * (1 - (0.5 * Math.Pow(0.96, step * decay)));

        /// <summary>The product of all momenta up to the step, up to where it no longer shows beside 1.</summary>
        private static double Product(double beta1, double decay, long step)
        {
            var product = 1.0;
            for (var i = 1L; i <= step && product > 1e-17; i++)
                product *= Momentum(beta1, decay, i);
            return product;
        }

        /// <summary>The settings of a group.</summary>
        public sealed class Options : OptimizerOptions
        {
            public double? beta1 { get; set; }

            public double? beta2 { get; set; }

            public double? eps { get; set; }

            public double? weight_decay { get; set; }

            public double? momentum_decay { get; set; }

            private protected override void Inherit(OptimizerOptions defaults)
            {
                var other = (Options)defaults;
                beta1 ??= other.beta1;
                beta2 ??= other.beta2;
                eps ??= other.eps;
                weight_decay ??= other.weight_decay;
                momentum_decay ??= other.momentum_decay;
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
                IEnumerable<Parameter> parameters, double lr = 1.0, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, double momentum_decay = 4e-3)
                : this(parameters, Settings(lr, beta1, beta2, eps, weight_decay, momentum_decay))
            {
            }

            public (double, double) Betas
            {
                get => (Options.beta1 ?? 0, Options.beta2 ?? 0);
                set => (Options.beta1, Options.beta2) = value;
            }

            internal static Options Settings(
                double lr, double beta1, double beta2, double eps, double weight_decay, double momentum_decay) =>
                new()
                {
                    LearningRate = lr,
                    beta1 = beta1,
                    beta2 = beta2,
                    eps = eps,
                    weight_decay = weight_decay,
                    momentum_decay = momentum_decay,
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
            public static NAdam NAdam(
                IEnumerable<Parameter> named_parameters, double lr = 0.002, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, double momentum_decay = 4e-3) =>
                NAdam([new NAdam.ParamGroup(named_parameters, new NAdam.Options())], lr, beta1, beta2, eps, weight_decay, momentum_decay);

            public static NAdam NAdam(
                IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.002, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, double momentum_decay = 4e-3) =>
                NAdam(parameters.Select(entry => entry.parameter), lr, beta1, beta2, eps, weight_decay, momentum_decay);

            public static NAdam NAdam(
                IEnumerable<NAdam.ParamGroup> parameters, double lr = 0.002, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, double momentum_decay = 4e-3) =>
                new(parameters, Modules.NAdam.ParamGroup.Settings(lr, beta1, beta2, eps, weight_decay, momentum_decay));
        }
    }
}
