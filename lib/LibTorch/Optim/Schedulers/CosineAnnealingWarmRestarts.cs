using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <inheritdoc cref="impl.CosineAnnealingWarmRestarts"/>
            /// <param name="optimizer">The optimizer whose groups' learning rates change.</param>
            /// <param name="T_0">Epochs until the first restart.</param>
            /// <param name="T_mult">How many times longer each cycle is than the one before it.</param>
            /// <param name="eta_min">The least rate.</param>
            /// <param name="last_epoch">How many steps were taken before, less one.</param>
            /// <param name="verbose">Whether each change is written to the console.</param>
            public static impl.CosineAnnealingWarmRestarts CosineAnnealingWarmRestarts(
                Optimizer optimizer, int T_0, int T_mult = 1, double eta_min = 0, int last_epoch = -1, bool verbose = false) =>
                new(optimizer, T_0, T_mult, eta_min, last_epoch, verbose);

            public static partial class impl
            {
                /// <summary>The rates fall along half a cosine, start anew at the top, and so on. Source: Loshchilov and Hutter, 2017.</summary>
                public sealed class CosineAnnealingWarmRestarts : LRScheduler
                {
                    private readonly double _first, _factor, _least;
                    private double _place, _length;

                    /// <exception cref="ArgumentOutOfRangeException">A cycle would have no epochs, or become shorter.</exception>
                    public CosineAnnealingWarmRestarts(
                        Optimizer optimizer, int T_0, int T_mult = 1, double eta_min = 0, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(T_0);
                        ArgumentOutOfRangeException.ThrowIfLessThan(T_mult, 1);
                        (_first, _factor, _least) = (T_0, T_mult, eta_min);
                        Find(last_epoch + 1);
                        Start();
                    }

                    public override void step()
                    {
                        Find(LastEpoch + 1);
                        base.step();
                    }

                    public override void step(int? epoch)
                    {
                        if (epoch is { } given)
                            step((double)given);
                        else
                            step();
                    }

                    /// <summary>Goes to an epoch and the part of it that is done, so that the rates change within epochs too.</summary>
                    /// <param name="current">The epoch; unlike other schedulers' it may be 2.5.</param>
                    /// <param name="epoch">Without effect.</param>
                    public override void step(double current, int? epoch = null)
                    {
                        ArgumentOutOfRangeException.ThrowIfNegative(current);
                        Find(current);
                        base.step((int)current);
                    }

                    public override Dictionary<string, object> state_dict() =>
                        new(base.state_dict()) { ["T_cur"] = _place, ["T_i"] = _length };

                    public override void load_state_dict(IDictionary state_dict)
                    {
                        var (place, length) = (Number(state_dict, "T_cur"), Number(state_dict, "T_i"));
                        base.load_state_dict(state_dict);
                        (_place, _length) = (place, length);
                    }

                    protected override IEnumerable<double> get_lr() =>
                        BaseRates.Select(rate => _least + ((rate - _least) * (1 + Math.Cos(Math.PI * _place / _length)) / 2));

                    /// <summary>Finds the cycle that an epoch lies in, and its place there.</summary>
                    private void Find(double epoch)
                    {
                        for ((_place, _length) = (epoch, _first); _place >= _length; _length *= _factor)
                        {
                            if (_factor == 1)
                                _place %= _length;
                            else
                                _place -= _length;
                        }
                    }
                }
            }
        }
    }
}
