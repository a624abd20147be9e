namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>The rates times <c>factor</c> for the first <c>total_iters</c> epochs, then as they were.</summary>
                public sealed class ConstantLR : LRScheduler
                {
                    private readonly double _factor;
                    private readonly int _total;

                    public ConstantLR(
                        Optimizer optimizer, double factor = 1.0 / 3, int total_iters = 5, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (factor is not (>= 0 and <= 1))
                            throw new ArgumentOutOfRangeException(nameof(factor), factor, "The factor must lie between 0 and 1.");
                        (_factor, _total) = (factor, total_iters);
                        Start();
                    }

                    protected override IEnumerable<double> get_lr() =>
                        Scaled(LastEpoch == 0 ? _factor : LastEpoch == _total ? 1 / _factor : 1);

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates.Select(rate => rate * (LastEpoch >= _total ? 1 : _factor));
                }

                /// <summary>The rates times a factor that goes in a straight line from <c>start_factor</c> to <c>end_factor</c>: a warm-up.</summary>
                public sealed class LinearLR : LRScheduler
                {
                    private readonly double _start, _end;
                    private readonly int _total;

                    public LinearLR(
                        Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int total_iters = 5, int last_epoch = -1,
                        bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (start_factor is not (> 0 and <= 1))
                            throw new ArgumentOutOfRangeException(nameof(start_factor), start_factor, "The first factor must lie above 0, up to 1.");
                        if (end_factor is not (>= 0 and <= 1))
                            throw new ArgumentOutOfRangeException(nameof(end_factor), end_factor, "The last factor must lie between 0 and 1.");
                        (_start, _end, _total) = (start_factor, end_factor, total_iters);
                        Start();
                    }

                    protected override IEnumerable<double> get_lr() => Scaled(
                        LastEpoch == 0 ? _start
                        : LastEpoch > _total ? 1
                        : 1 + ((_end - _start) / ((_total * _start) + ((LastEpoch - 1) * (_end - _start)))));

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates.Select(rate => rate * (_start + ((_end - _start) * Math.Min(_total, LastEpoch) / _total)));
                }

                /// <summary>The rates fall to zero within <c>total_iters</c> epochs, along a power of what is left.</summary>
                public sealed class PolynomialLR : LRScheduler
                {
                    private readonly int _total;
                    private readonly double _power;

                    public PolynomialLR(Optimizer optimizer, int total_iters = 5, double power = 1.0, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        (_total, _power) = (total_iters, power);
                        Start();
                    }

                    protected override IEnumerable<double> get_lr() => Scaled(
                        LastEpoch == 0 || LastEpoch > _total
                            ? 1
                            : Math.Pow((1.0 - ((double)LastEpoch / _total)) / (1.0 - ((LastEpoch - 1.0) / _total)), _power));

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates.Select(rate => rate * Math.Pow(1.0 - ((double)Math.Min(_total, LastEpoch) / _total), _power));
                }

                /// <summary>The rates swing between the initial ones and <c>eta_min</c> along a cosine of half-period <c>T_max</c>.</summary>
                public sealed class CosineAnnealingLR : LRScheduler
                {
                    private readonly double _half, _least;

                    public CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(T_max);
                        (_half, _least) = (T_max, eta_min);
                        Start();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (LastEpoch == 0)
                            return Scaled(1);
                        if (IsFirst && LastEpoch > 0)
                            return get_closed_form_lr();
                        // where the factor below would divide by zero
                        if ((LastEpoch - 1 - _half) % (2 * _half) == 0)
                        {
                            return BaseRates.Zip(
                                Groups, (rate, group) => group.LearningRate + ((rate - _least) * (1 - Math.Cos(Math.PI / _half)) / 2));
                        }
                        var factor = (1 + Math.Cos(Math.PI * LastEpoch / _half)) / (1 + Math.Cos(Math.PI * (LastEpoch - 1) / _half));
                        return Groups.Select(group => (factor * (group.LearningRate - _least)) + _least);
                    }

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates.Select(rate => _least + ((rate - _least) * (1 + Math.Cos(Math.PI * LastEpoch / _half)) / 2));
                }
            }
        }
    }
}
