namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Multiplies the rates by <c>gamma</c> every <c>step_size</c> epochs.</summary>
                public sealed class StepLR : LRScheduler
                {
                    private readonly int _size;
                    private readonly double _gamma;

                    public StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step_size);
                        (_size, _gamma) = (step_size, gamma);
                        Start();
                    }

                    protected override IEnumerable<double> get_lr() => Scaled(LastEpoch == 0 || LastEpoch % _size != 0 ? 1 : _gamma);

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates.Select(rate => rate * Math.Pow(_gamma, LastEpoch / _size));
                }

                /// <summary>Multiplies the rates by <c>gamma</c> at each milestone.</summary>
                public sealed class MultiStepLR : LRScheduler
                {
                    private readonly List<int> _milestones;
                    private readonly double _gamma;

                    public MultiStepLR(
                        Optimizer optimizer, IList<int> milestones, double gamma = 0.1, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _milestones = [.. milestones];
                        _gamma = gamma;
                        Start();
                    }

                    protected override IEnumerable<double> get_lr() =>
                        Scaled(Math.Pow(_gamma, _milestones.Count(milestone => milestone == LastEpoch)));

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates.Select(rate => rate * Math.Pow(_gamma, _milestones.Count(milestone => milestone <= LastEpoch)));
                }

                /// <summary>Multiplies the rates by <c>gamma</c> every epoch.</summary>
                public sealed class ExponentialLR : LRScheduler
                {
                    private readonly double _gamma;

                    public ExponentialLR(Optimizer optimizer, double gamma = 0.1, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _gamma = gamma;
                        Start();
                    }

                    protected override IEnumerable<double> get_lr() => Scaled(LastEpoch == 0 ? 1 : _gamma);

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates.Select(rate => rate * Math.Pow(_gamma, LastEpoch));
                }

                /// <summary>The initial rates times a function of the epoch.</summary>
                public sealed class LambdaLR : LRScheduler
                {
                    private readonly Func<int, double>[] _factors;

                    public LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, Enumerable.Repeat(lr_lambda, optimizer.ParamGroups.Count()), last_epoch, verbose)
                    {
                    }

                    /// <exception cref="ArgumentException">There is not one function for each group.</exception>
                    public LambdaLR(
                        Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _factors = Functions(lr_lambdas, Groups.Count);
                        Start();
                    }

                    protected override IEnumerable<double> get_lr() => BaseRates.Zip(_factors, (rate, factor) => rate * factor(LastEpoch));
                }

                /// <summary>The rates times a function of the epoch, every epoch.</summary>
                public sealed class MultiplicativeLR : LRScheduler
                {
                    private readonly Func<int, double>[] _factors;

                    public MultiplicativeLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, Enumerable.Repeat(lr_lambda, optimizer.ParamGroups.Count()), last_epoch, verbose)
                    {
                    }

                    /// <exception cref="ArgumentException">There is not one function for each group.</exception>
                    public MultiplicativeLR(
                        Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _factors = Functions(lr_lambdas, Groups.Count);
                        Start();
                    }

                    protected override IEnumerable<double> get_lr() =>
                        LastEpoch <= 0 ? Scaled(1) : Groups.Zip(_factors, (group, factor) => group.LearningRate * factor(LastEpoch));
                }

                private static Func<int, double>[] Functions(IEnumerable<Func<int, double>> given, int groups)
                {
                    Func<int, double>[] functions = [.. given];
                    return functions.Length == groups
                        ? functions
                        : throw new ArgumentException($"lr_lambdas has {functions.Length} functions for {groups} parameter groups.");
                }
            }
        }
    }
}
