using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Zeiler, 2012. See <see href="https://pytorch.org/docs/stable/generated/torch.optim.Adadelta.html">torch.optim.Adadelta</see>.</summary>
    public sealed class Adadelta : ForeachOptimizer<Adadelta.Options>
    {
        internal Adadelta(IEnumerable<ParamGroup> groups, Options defaults)
            : base(groups, defaults)
        {
        }

        private protected override string[] StateNames(Options options) => ["square_avg", "acc_delta"];

        private protected override void Step(
            Options options, double lr, Tensor[] parameters, Tensor[] gradients, IReadOnlyList<Tensor[]> states, long step)
        {
            var owned = Foreach.Slopes(gradients, parameters, options.maximize == true, options.weight_decay ?? 0);
            var slopes = owned ?? gradients;
            var (rho, eps) = (options.rho ?? 0, options.eps ?? 0);
            var (square, moved) = (states[0], states[1]);
            Foreach.Multiply(square, rho);
            Foreach.AddProduct(square, slopes, slopes, 1 - rho);
            var scale = Foreach.Sum(square, eps);
            Foreach.Root(scale);
            var change = Foreach.Sum(moved, eps);
            Foreach.Root(change);
            Foreach.Divide(change, scale);
            Foreach.Multiply(change, slopes);
            Foreach.Add(parameters, change, -lr);
            Foreach.Multiply(moved, rho);
            Foreach.AddProduct(moved, change, change, 1 - rho);
            Foreach.Dispose(scale);
            Foreach.Dispose(change);
            Foreach.Dispose(owned ?? []);
        }

        /// <summary>The settings of a group.</summary>
        public sealed class Options : OptimizerOptions
        {
            public double? rho { get; set; }

            public double? eps { get; set; }

            public double? weight_decay { get; set; }

            public bool? maximize { get; set; }

            private protected override void Inherit(OptimizerOptions defaults)
            {
                var other = (Options)defaults;
                rho ??= other.rho;
                eps ??= other.eps;
                weight_decay ??= other.weight_decay;
                maximize ??= other.maximize;
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
                IEnumerable<Parameter> parameters, double lr = 1.0, double rho = 0.9, double eps = 1e-6, double weight_decay = 0,
                bool maximize = false)
                : this(parameters, Settings(lr, rho, eps, weight_decay, maximize))
            {
            }

            internal static Options Settings(
                double lr, double rho, double eps, double weight_decay, bool maximize) =>
                new()
                {
                    LearningRate = lr,
                    rho = rho,
                    eps = eps,
                    weight_decay = weight_decay,
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
            public static Adadelta Adadelta(
                IEnumerable<Parameter> parameters, double lr = 1.0, double rho = 0.9, double eps = 1e-6, double weight_decay = 0,
                bool maximize = false) =>
                Adadelta([new Adadelta.ParamGroup(parameters, new Adadelta.Options())], lr, rho, eps, weight_decay, maximize);

            public static Adadelta Adadelta(
                IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1.0, double rho = 0.9, double eps = 1e-6,
                double weight_decay = 0, bool maximize = false) =>
                Adadelta(parameters.Select(entry => entry.parameter), lr, rho, eps, weight_decay, maximize);

            public static Adadelta Adadelta(
                IEnumerable<Adadelta.ParamGroup> parameters, double lr = 1.0, double rho = 0.9, double eps = 1e-6,
                double weight_decay = 0, bool maximize = false) =>
                new(parameters, Modules.Adadelta.ParamGroup.Settings(lr, rho, eps, weight_decay, maximize));
        }
    }
}
