using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Duchi, Hazan and Singer, 2011. See <see href="https://pytorch.org/docs/stable/generated/torch.optim.Adagrad.html">torch.optim.Adagrad</see>.</summary>
    public sealed class Adagrad : ForeachOptimizer<Adagrad.Options>
    {
        internal Adagrad(IEnumerable<ParamGroup> groups, Options defaults)
            : base(groups, defaults)
        {
        }

        private protected override string[] StateNames(Options options) => ["sum"];

        private protected override Tensor NewState(Parameter parameter, Options options) =>
            full_like(parameter, options.initial_accumulator_value ?? 0);

        private protected override void Step(
            Options options, double lr, Tensor[] parameters, Tensor[] gradients, IReadOnlyList<Tensor[]> states, long step)
        {
            var owned = Foreach.Slopes(gradients, parameters, false, options.weight_decay ?? 0);
            var slopes = owned ?? gradients;
            Foreach.AddProduct(states[0], slopes, slopes, 1);
            var scale = Foreach.SquareRoot(states[0]);
            Foreach.Add(scale, options.eps ?? 0);
            Foreach.AddQuotient(parameters, slopes, scale, -lr / (1 + ((step - 1) * (options.lr_decay ?? 0))));
            Foreach.Dispose(scale);
            Foreach.Dispose(owned ?? []);
        }

        /// <summary>The settings of a group.</summary>
        public sealed class Options : OptimizerOptions
        {
            public double? lr_decay { get; set; }

            public double? weight_decay { get; set; }

            public double? initial_accumulator_value { get; set; }

            public double? eps { get; set; }

            private protected override void Inherit(OptimizerOptions defaults)
            {
                var other = (Options)defaults;
                lr_decay ??= other.lr_decay;
                weight_decay ??= other.weight_decay;
                initial_accumulator_value ??= other.initial_accumulator_value;
                eps ??= other.eps;
            }
        }

        /// <summary>Parameters with settings of their own.</summary>
        public sealed class ParamGroup : ParamGroup<Options>
        {
            public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                : base(parameters, options)
            {
            }

            public ParamGroup(
                IEnumerable<Parameter> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0,
                double initial_accumulator_value = 0, double eps = 1e-10)
                : this(parameters, Settings(lr, lr_decay, weight_decay, initial_accumulator_value, eps))
            {
            }

            internal static Options Settings(
                double lr, double lr_decay, double weight_decay, double initial_accumulator_value, double eps) =>
                new()
                {
                    LearningRate = lr,
                    lr_decay = lr_decay,
                    weight_decay = weight_decay,
                    initial_accumulator_value = initial_accumulator_value,
                    eps = eps,
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
            public static Adagrad Adagrad(
                IEnumerable<Parameter> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0,
                double initial_accumulator_value = 0, double eps = 1e-10) =>
                Adagrad([new Adagrad.ParamGroup(parameters, new Adagrad.Options())], lr, lr_decay, weight_decay, initial_accumulator_value, eps);

            public static Adagrad Adagrad(
                IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-2, double lr_decay = 0,
                double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10) =>
                Adagrad(parameters.Select(entry => entry.parameter), lr, lr_decay, weight_decay, initial_accumulator_value, eps);

            public static Adagrad Adagrad(
                IEnumerable<Adagrad.ParamGroup> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0,
                double initial_accumulator_value = 0, double eps = 1e-10) =>
                new(parameters, Modules.Adagrad.ParamGroup.Settings(lr, lr_decay, weight_decay, initial_accumulator_value, eps));
        }
    }
}
