using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Stochastic gradient descent. See <see href="https://pytorch.org/docs/stable/generated/torch.optim.SGD.html">torch.optim.SGD</see>.</summary>
    public sealed class SGD : ForeachOptimizer<SGD.Options>
    {
        internal SGD(IEnumerable<ParamGroup<Options>> groups)
            : base(groups)
        {
        }

        /// <summary>The settings of a group.</summary>
        public sealed record Options(
            double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false);

        private protected override int StatesPerParameter(Options options) => options.momentum != 0 ? 1 : 0;

        private protected override void Step(
            ParamGroup<Options> group, Tensor[] parameters, Tensor[] gradients, IReadOnlyList<Tensor[]> states, long step)
        {
            var options = group.Options;
            var slopes = gradients;
            Tensor[] decayed = [], ahead = [];
            var direction = options.maximize ? -1.0 : 1.0;
            if (options.weight_decay != 0)
                slopes = decayed = Foreach.Sum(gradients, parameters, direction * options.weight_decay);
            if (options.momentum != 0)
            {
                var velocity = states[0];
                Foreach.Multiply(velocity, options.momentum);
                Foreach.Add(velocity, slopes, step == 1 ? 1 : 1 - options.dampening);
                slopes = options.nesterov ? ahead = Foreach.Sum(slopes, velocity, options.momentum) : velocity;
            }
            Foreach.Add(parameters, slopes, -direction * group.LearningRate);
            Foreach.Dispose(decayed);
            Foreach.Dispose(ahead);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <exception cref="ArgumentException">Nesterov's form is asked for without momentum, or with dampening.</exception>
            public static SGD SGD(
                IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false) =>
                nesterov && (momentum <= 0 || dampening != 0)
                    ? throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening.")
                    : new([new(parameters, new(momentum, dampening, weight_decay, nesterov, maximize), learningRate)]);

            public static SGD SGD(
                IEnumerable<(string name, Parameter parameter)> parameters, double learningRate, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                SGD(parameters.Select(entry => entry.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}
