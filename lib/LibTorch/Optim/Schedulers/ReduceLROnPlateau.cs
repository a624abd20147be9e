using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Lowers the rates when a measurement has not become better for a while.</summary>
                public sealed class ReduceLROnPlateau : LRScheduler
                {
                    private readonly bool _isMinimum, _isRelative, _verbose;
                    private readonly double _factor, _threshold, _eps;
                    private readonly int _patience, _cooldown;
                    private readonly double[] _least;
                    private double _best;
                    private int _bad, _resting;

                    /// <exception cref="ArgumentException">An option has a value that it cannot have.</exception>
                    public ReduceLROnPlateau(
                        Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10, double threshold = 1e-4,
                        string threshold_mode = "rel", int cooldown = 0, IList<double>? min_lr = null, double eps = 1e-8, bool verbose = false)
                        : base(optimizer, 0)
                    {
                        if (factor >= 1)
                            throw new ArgumentOutOfRangeException(nameof(factor), factor, "The factor must be below 1.");
                        if (mode is not ("min" or "max"))
                            throw new ArgumentException($"mode is min or max, not {mode}.", nameof(mode));
                        if (threshold_mode is not ("rel" or "abs"))
                            throw new ArgumentException($"threshold_mode is rel or abs, not {threshold_mode}.", nameof(threshold_mode));
                        (_isMinimum, _isRelative) = (mode == "min", threshold_mode == "rel");
                        (_factor, _patience, _threshold, _cooldown, _eps, _verbose) = (factor, patience, threshold, cooldown, eps, verbose);
                        _least = ForEachGroup(min_lr ?? [0], nameof(min_lr));
                        _best = _isMinimum ? double.PositiveInfinity : double.NegativeInfinity;
                        Show(Rates());
                    }

                    /// <exception cref="InvalidOperationException">Always: the measurement is missing.</exception>
                    public override void step() => throw new InvalidOperationException("ReduceLROnPlateau needs the measurement: step(loss).");

                    /// <inheritdoc cref="step()"/>
                    public override void step(int? epoch) => step();

                    public override void step(double current, int? epoch = null)
                    {
                        LastEpoch = epoch ?? LastEpoch + 1;
                        if (IsBetter(current))
                            (_best, _bad) = (current, 0);
                        else
                            _bad++;
                        if (_resting > 0)
                        {
                            _resting--;
                            _bad = 0;
                        }
                        if (_bad > _patience)
                        {
                            Reduce();
                            (_resting, _bad) = (_cooldown, 0);
                        }
                        Show(Rates());
                    }

                    public override Dictionary<string, object> state_dict() => new(base.state_dict())
                    {
                        ["best"] = _best,
                        ["num_bad_epochs"] = (long)_bad,
                        ["cooldown_counter"] = (long)_resting,
                    };

                    public override void load_state_dict(IDictionary state_dict)
                    {
                        var (best, bad, resting) = (
                            Number(state_dict, "best"), (int)Number(state_dict, "num_bad_epochs"), (int)Number(state_dict, "cooldown_counter"));
                        var (epoch, last) = ((int)Number(state_dict, "last_epoch"), Numbers(state_dict, "_last_lr"));
                        (_best, _bad, _resting, LastEpoch) = (best, bad, resting, epoch);
                        Show(last);
                    }

                    private bool IsBetter(double current) => (_isMinimum, _isRelative) switch
                    {
                        (true, true) => current < _best * (1 - _threshold),
                        (true, false) => current < _best - _threshold,
                        (false, true) => current > _best * (1 + _threshold),
                        (false, false) => current > _best + _threshold,
                    };

                    private void Reduce()
                    {
                        for (var i = 0; i < Groups.Count; i++)
                        {
                            var reduced = Math.Max(Groups[i].LearningRate * _factor, _least[i]);
                            if (Groups[i].LearningRate - reduced <= _eps)
                                continue;
                            Groups[i].LearningRate = reduced;
                            if (_verbose)
                                Console.WriteLine($"Epoch {LastEpoch}: reducing learning rate of group {i} to {reduced:e4}.");
                        }
                    }
                }
            }
        }
    }
}
