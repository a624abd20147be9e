namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>
                /// Smith's 1cycle: the rates rise to <c>max_lr</c> and then fall far below where they began, while the momentum does the opposite.
                /// </summary>
                public sealed class OneCycleLR : LRScheduler
                {
                    private readonly List<Phase> _phases;
                    private readonly int _steps;
                    private readonly bool _momentum;
                    private readonly AnnealStrategy _strategy;

                    public OneCycleLR(
                        Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1,
                        double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true,
                        double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 1e4,
                        bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : this(
                            optimizer, [max_lr], total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum,
                            [base_momentum], [max_momentum], div_factor, final_div_factor, three_phase, last_epoch, verbose)
                    {
                    }

                    /// <exception cref="ArgumentException">The number of steps is not told, or an option does not fit the optimizer.</exception>
                    public OneCycleLR(
                        Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1,
                        double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true,
                        IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null, double div_factor = 25,
                        double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _steps = total_steps > 0 ? total_steps : epochs > 0 && steps_per_epoch > 0 ? epochs * steps_per_epoch : 0;
                        if (_steps == 0)
                            throw new ArgumentException("Give total_steps, or epochs and steps_per_epoch, above zero.");
                        if (pct_start is not (>= 0 and <= 1))
                            throw new ArgumentOutOfRangeException(nameof(pct_start), pct_start, "The rising part must lie between 0 and 1.");
                        (_momentum, _strategy) = (cycle_momentum, anneal_strategy);
                        var highest = ForEachGroup(max_lr, nameof(max_lr));
                        double[] first = [.. highest.Select(rate => rate / div_factor)];
                        double[] lowest = [.. first.Select(rate => rate / final_div_factor)];
                        var heavy = ForEachGroup(max_momentum ?? [0.95], nameof(max_momentum));
                        var light = ForEachGroup(base_momentum ?? [0.85], nameof(base_momentum));
                        if (last_epoch == -1)
                        {
                            for (var i = 0; i < Groups.Count; i++)
                                Groups[i].InitialLearningRate = first[i];
                        }
                        if (cycle_momentum)
                            RequireMomentum(Groups);
                        var rise = (pct_start * _steps) - 1;
                        _phases = three_phase
                            ?
                            [
                                new(rise, i => (first[i], highest[i]), i => (heavy[i], light[i])),
                                new((2 * pct_start * _steps) - 2, i => (highest[i], first[i]), i => (light[i], heavy[i])),
                                new(_steps - 1, i => (first[i], lowest[i]), i => (heavy[i], heavy[i])),
                            ]
                            :
                            [
                                new(rise, i => (first[i], highest[i]), i => (heavy[i], light[i])),
                                new(_steps - 1, i => (highest[i], lowest[i]), i => (light[i], heavy[i])),
                            ];
                        Start();
                    }

                    public enum AnnealStrategy
                    {
                        Cos,
                        Linear,
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (LastEpoch > _steps)
                            throw new InvalidOperationException($"The cycle has {_steps} steps; this would be step {LastEpoch + 1}.");
                        var begin = 0.0;
                        var phase = 0;
                        for (; phase < _phases.Count - 1 && LastEpoch > _phases[phase].End; phase++)
                            begin = _phases[phase].End;
                        var (end, rate, momentum) = _phases[phase];
                        var part = (LastEpoch - begin) / (end - begin);
                        for (var i = 0; _momentum && i < Groups.Count; i++)
                            SetMomentum(Groups[i], Between(momentum(i), part));
                        return [.. Enumerable.Range(0, Groups.Count).Select(i => Between(rate(i), part))];
                    }

                    /// <param name="End">The phase's last step.</param>
                    /// <param name="Rate">Between which rates a group goes.</param>
                    /// <param name="Momentum">Between which momenta.</param>
                    private sealed record Phase(
                        double End, Func<int, (double From, double To)> Rate, Func<int, (double From, double To)> Momentum);

                    private double Between((double From, double To) ends, double part) =>
                        _strategy == AnnealStrategy.Linear
                            ? ((ends.To - ends.From) * part) + ends.From
                            : ends.To + ((ends.From - ends.To) / 2.0 * (Math.Cos(Math.PI * part) + 1));
                }

                /// <summary>The rates go up and down between two bounds in straight lines, and the momentum the other way.</summary>
                public sealed class CyclicLR : LRScheduler
                {
                    private readonly double[] _high, _heavy, _light;
                    private readonly double _total, _ratio;
                    private readonly Func<double, double> _scale;
                    private readonly bool _byCycle, _momentum;

                    public CyclicLR(
                        Optimizer optimizer, double base_lr, double max_lr, int step_size_up = 2000, int step_size_down = -1,
                        Mode mode = Mode.Triangular, double gamma = 1.0, Func<double, double>? scale_fn = null,
                        ScaleMode scale_mode = ScaleMode.Cycle, bool cycle_momentum = true, double base_momentum = 0.8,
                        double max_momentum = 0.9, int last_epoch = -1, bool verbose = false)
                        : this(
                            optimizer, [base_lr], [max_lr], step_size_up, step_size_down, mode, gamma, scale_fn, scale_mode, cycle_momentum,
                            [base_momentum], [max_momentum], last_epoch, verbose)
                    {
                    }

                    public CyclicLR(
                        Optimizer optimizer, IEnumerable<double> base_lr, IEnumerable<double> max_lr, int step_size_up = 2000,
                        int step_size_down = -1, Mode mode = Mode.Triangular, double gamma = 1.0, Func<double, double>? scale_fn = null,
                        ScaleMode scale_mode = ScaleMode.Cycle, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null,
                        IEnumerable<double>? max_momentum = null, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        BaseRates = ForEachGroup(base_lr, nameof(base_lr));
                        for (var i = 0; last_epoch == -1 && i < Groups.Count; i++)
                            Groups[i].InitialLearningRate = BaseRates[i];
                        _high = ForEachGroup(max_lr, nameof(max_lr));
                        _light = ForEachGroup(base_momentum ?? [0.8], nameof(base_momentum));
                        _heavy = ForEachGroup(max_momentum ?? [0.9], nameof(max_momentum));
                        _momentum = cycle_momentum;
                        if (cycle_momentum)
                            RequireMomentum(Groups);
                        _total = step_size_up + (step_size_down < 0 ? step_size_up : step_size_down);
                        _ratio = step_size_up / _total;
                        _scale = scale_fn ?? (mode switch
                        {
                            Mode.Triangular2 => cycle => 1 / Math.Pow(2, cycle - 1),
                            Mode.ExpRange => iteration => Math.Pow(gamma, iteration),
                            _ => _ => 1,
                        });
                        _byCycle = scale_fn is null ? mode != Mode.ExpRange : scale_mode == ScaleMode.Cycle;
                        Start();
                    }

                    public enum Mode
                    {
                        Triangular,
                        Triangular2,
                        ExpRange,
                    }

                    public enum ScaleMode
                    {
                        Cycle,
                        Iterations,
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        var cycle = Math.Floor(1 + (LastEpoch / _total));
                        var x = 1 + (LastEpoch / _total) - cycle;
                        var height = x <= _ratio ? x / _ratio : (x - 1) / (_ratio - 1);
                        var scale = _scale(_byCycle ? cycle : LastEpoch);
                        for (var i = 0; _momentum && i < Groups.Count; i++)
                            SetMomentum(Groups[i], _heavy[i] - ((_heavy[i] - _light[i]) * height * scale));
                        return [.. BaseRates.Zip(_high, (low, high) => low + ((high - low) * height * scale))];
                    }
                }

                private static void RequireMomentum(IEnumerable<ILearningRateController> groups)
                {
                    if (groups.Any(group => group is not (IMomentum or IBetas)))
                        throw new ArgumentException("The optimizer has no momentum to cycle: pass cycle_momentum: false.");
                }

                private static void SetMomentum(ILearningRateController group, double momentum)
                {
                    if (group is IMomentum heavy)
                        heavy.Momentum = momentum;
                    else if (group is IBetas betas)
                        betas.Betas = (momentum, betas.Betas.Item2);
                }
            }
        }
    }
}
