using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Hinton's RMSprop. See <see href="https://pytorch.org/docs/stable/generated/torch.optim.RMSprop.html">torch.optim.RMSprop</see>.</summary>
    public sealed class RMSProp : ForeachOptimizer<RMSProp.Options>
    {
        internal RMSProp(IEnumerable<ParamGroup> groups, Options defaults)
            : base(groups, defaults)
        {
        }

        private protected override string[] StateNames(Options options)
        {
            List<string> names = ["square_avg"];
            if (options.centered == true)
                names.Add("grad_avg");
            if (options.momentum > 0)
                names.Add("momentum_buffer");
            return [.. names];
        }

        private protected override void Step(
            Options options, double lr, Tensor[] parameters, Tensor[] gradients, IReadOnlyList<Tensor[]> states, long step)
        {
            var owned = Foreach.Slopes(gradients, parameters, options.maximize == true, options.weight_decay ?? 0);
            var slopes = owned ?? gradients;
            var alpha = options.alpha ?? 0;
            var square = states[0];
            Foreach.Multiply(square, alpha);
            Foreach.AddProduct(square, slopes, slopes, 1 - alpha);
            Tensor[] scale;
            if (options.centered == true)
            {
                var mean = states[1];
                Foreach.Multiply(mean, alpha);
                Foreach.Add(mean, slopes, 1 - alpha);
                scale = Foreach.SumProduct(square, mean, mean, -1);
                Foreach.Root(scale);
            }
            else
            {
                scale = Foreach.SquareRoot(square);
            }
            Foreach.Add(scale, options.eps ?? 0);
            if (options.momentum is { } momentum and > 0)
            {
                var velocity = states[^1];
                Foreach.Multiply(velocity, momentum);
                Foreach.AddQuotient(velocity, slopes, scale, 1);
                Foreach.Add(parameters, velocity, -lr);
            }
            else
            {
                Foreach.AddQuotient(parameters, slopes, scale, -lr);
            }
            Foreach.Dispose(scale);
            Foreach.Dispose(owned ?? []);
        }

        /// <summary>The settings of a group.</summary>
        public sealed class Options : OptimizerOptions
        {
            public double? alpha { get; set; }

            public double? eps { get; set; }

            public double? weight_decay { get; set; }

            public double? momentum { get; set; }

            public bool? centered { get; set; }

            public bool? maximize { get; set; }

            private protected override void Inherit(OptimizerOptions defaults)
            {
                var other = (Options)defaults;
                alpha ??= other.alpha;
                eps ??= other.eps;
                weight_decay ??= other.weight_decay;
                momentum ??= other.momentum;
                centered ??= other.centered;
                maximize ??= other.maximize;
            }
        }

        /// <summary>Parameters with settings of their own.</summary>
        public sealed class ParamGroup : ParamGroup<Options>, optim.IMomentum
        {
            public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                : base(parameters, options)
            {
            }

            public ParamGroup(
                IEnumerable<Parameter> parameters, double lr = 1e-3, double eps = 1e-8, double alpha = 0.99, double weight_decay = 0,
                double momentum = 0, bool centered = false, bool maximize = false)
                : this(parameters, Settings(lr, alpha, eps, weight_decay, momentum, centered, maximize))
            {
            }

            public double Momentum
            {
                get => Options.momentum ?? 0;
                set => Options.momentum = value;
            }

            internal static Options Settings(
                double lr, double alpha, double eps, double weight_decay, double momentum, bool centered, bool maximize) =>
                new()
                {
                    LearningRate = lr,
                    alpha = alpha,
                    eps = eps,
                    weight_decay = weight_decay,
                    momentum = momentum,
                    centered = centered,
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
            public static RMSProp RMSProp(
                IEnumerable<Parameter> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0,
                double momentum = 0, bool centered = false, bool maximize = false) =>
                RMSProp([new RMSProp.ParamGroup(parameters, new RMSProp.Options())], lr, alpha, eps, weight_decay, momentum, centered, maximize);

            public static RMSProp RMSProp(
                IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8,
                double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false) =>
                RMSProp(parameters.Select(entry => entry.parameter), lr, alpha, eps, weight_decay, momentum, centered, maximize);

            public static RMSProp RMSProp(
                IEnumerable<RMSProp.ParamGroup> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8,
                double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false) =>
                new(parameters, Modules.RMSProp.ParamGroup.Settings(lr, alpha, eps, weight_decay, momentum, centered, maximize));
        }
    }
}
