using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Stochastic gradient descent. See <see href="https://pytorch.org/docs/stable/generated/torch.optim.SGD.html">torch.optim.SGD</see>.</summary>
    public sealed class SGD : ForeachOptimizer<SGD.Options>
    {
        internal SGD(IEnumerable<ParamGroup> groups, Options defaults)
            : base(groups, defaults)
        {
        }

        private protected override string[] StateNames(Options options) => options.momentum != 0 ? ["momentum_buffer"] : [];

        private protected override void Check(Options options)
        {
            base.Check(options);
            if (options.nesterov == true && (options.momentum <= 0 || options.dampening != 0))
                throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening.");
        }

        private protected override void Step(
            Options options, double lr, Tensor[] parameters, Tensor[] gradients, IReadOnlyList<Tensor[]> states, long step)
        {
            var momentum = options.momentum ?? 0;
            var slopes = gradients;
            Tensor[] decayed = [], ahead = [];
            var direction = options.maximize == true ? -1.0 : 1.0;
            if (options.weight_decay is { } decay and not 0)
                slopes = decayed = Foreach.Sum(gradients, parameters, direction * decay);
            if (momentum != 0)
            {
                var velocity = states[0];
                Foreach.Multiply(velocity, momentum);
                Foreach.Add(velocity, slopes, step == 1 ? 1 : 1 - (options.dampening ?? 0));
                slopes = options.nesterov == true ? ahead = Foreach.Sum(slopes, velocity, momentum) : velocity;
            }
            Foreach.Add(parameters, slopes, -direction * lr);
            Foreach.Dispose(decayed);
            Foreach.Dispose(ahead);
        }

        private protected override bool StepFused(
            Options options, double lr, Tensor[] parameters, Tensor[] gradients, IReadOnlyList<Tensor[]> states, long step) =>
            Fused.Sgd(options, lr, parameters, gradients, states, step);

        private protected override unsafe bool StepAtOnce(Options options, double lr, nint* handles, int count, long step)
        {
            var momentum = options.momentum ?? 0;
            var direction = options.maximize == true ? -1 : 1;
            var pass = new SgdStep
            {
                LearningRate = direction * lr,
                Momentum = momentum,
                Gain = step == 1 ? 1 : 1 - (options.dampening ?? 0),
                WeightDecay = direction * (options.weight_decay ?? 0),
                Nesterov = options.nesterov == true ? 1 : 0,
            };
            int done;
            Door.Check(Door.door_step_sgd(handles, count, momentum != 0 ? 1 : 0, &pass, &done));
            return done != 0;
        }

        /// <summary>The settings of a group.</summary>
        public sealed class Options : OptimizerOptions
        {
            public double? momentum { get; set; }

            public double? dampening { get; set; }

            public double? weight_decay { get; set; }

            public bool? nesterov { get; set; }

            public bool? maximize { get; set; }

            private protected override void Inherit(OptimizerOptions defaults)
            {
                var other = (Options)defaults;
                momentum ??= other.momentum;
                dampening ??= other.dampening;
                weight_decay ??= other.weight_decay;
                nesterov ??= other.nesterov;
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
                IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false)
                : this(parameters, Settings(lr, momentum, dampening, weight_decay, nesterov, maximize))
            {
            }

            public double Momentum
            {
                get => Options.momentum ?? 0;
                set => Options.momentum = value;
            }

            internal static Options Settings(
                double lr, double momentum, double dampening, double weight_decay, bool nesterov, bool maximize) =>
                new()
                {
                    LearningRate = lr,
                    momentum = momentum,
                    dampening = dampening,
                    weight_decay = weight_decay,
                    nesterov = nesterov,
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
            /// <exception cref="ArgumentException">Nesterov's form is asked for without momentum, or with dampening.</exception>
            public static SGD SGD(
                IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false) =>
                SGD([new SGD.ParamGroup(parameters, new SGD.Options())], learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(
                IEnumerable<(string name, Parameter parameter)> parameters, double learningRate, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                SGD(parameters.Select(entry => entry.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(
                IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, Modules.SGD.ParamGroup.Settings(learningRate, momentum, dampening, weight_decay, nesterov, maximize));
        }
    }
}
