using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Kingma and Ba, 2014. See <see href="https://pytorch.org/docs/stable/generated/torch.optim.Adam.html">torch.optim.Adam</see>.</summary>
    public sealed class Adam : ForeachOptimizer<Adam.Options>
    {
        internal Adam(IEnumerable<ParamGroup<Options>> groups)
            : base(groups)
        {
        }

        /// <summary>The settings of a group.</summary>
        public sealed record Options(
            double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false);

        private protected override int StatesPerParameter(Options options) => options.amsgrad ? 3 : 2;

        private protected override void Step(
            ParamGroup<Options> group, Tensor[] parameters, Tensor[] gradients, IReadOnlyList<Tensor[]> states, long step)
        {
            var options = group.Options;
            var owned = options.maximize ? Foreach.Negative(gradients) : null;
            if (options.weight_decay != 0)
            {
                var decayed = Foreach.Sum(owned ?? gradients, parameters, options.weight_decay);
                Foreach.Dispose(owned ?? []);
                owned = decayed;
            }
            var slopes = owned ?? gradients;
            var (mean, square) = (states[0], states[1]);
            Foreach.Multiply(mean, options.beta1);
            Foreach.Add(mean, slopes, 1 - options.beta1);
            Foreach.Multiply(square, options.beta2);
            Foreach.AddProduct(square, slopes, slopes, 1 - options.beta2);
            Foreach.Dispose(owned ?? []);
            if (options.amsgrad)
                Foreach.Maximum(states[2], square);
            var scale = Foreach.SquareRoot(options.amsgrad ? states[2] : square);
            Foreach.Divide(scale, Math.Sqrt(1 - Math.Pow(options.beta2, step)));
            Foreach.Add(scale, options.eps);
            Foreach.AddQuotient(parameters, mean, scale, -group.LearningRate / (1 - Math.Pow(options.beta1, step)));
            Foreach.Dispose(scale);
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
                new([new(parameters, new(beta1, beta2, eps, weight_decay, amsgrad, maximize), lr)]);

            public static Adam Adam(
                IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                Adam(parameters.Select(entry => entry.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}
