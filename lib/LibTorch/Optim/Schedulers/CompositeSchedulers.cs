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
                /// <summary>One scheduler after the other: the next takes over at each milestone.</summary>
                public sealed class SequentialLR : LRScheduler
                {
                    private readonly LRScheduler[] _schedulers;
                    private readonly int[] _milestones;

                    /// <exception cref="ArgumentException">There is not one milestone fewer than schedulers, or one is another optimizer's.</exception>
                    public SequentialLR(
                        Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1)
                        : base(optimizer, last_epoch + 1)
                    {
                        _schedulers = [.. schedulers];
                        _milestones = [.. milestones];
                        if (_milestones.Length != _schedulers.Length - 1)
                        {
                            throw new ArgumentException(
                                $"{_schedulers.Length} schedulers take {_schedulers.Length - 1} milestones, not {_milestones.Length}.",
                                nameof(milestones));
                        }
                        if (Array.Exists(_schedulers, scheduler => !scheduler.Steers(optimizer)))
                            throw new ArgumentException("The schedulers must be of the same optimizer.", nameof(schedulers));
                        // each part has taken a step by itself, which only the first should have
                        ResetRates();
                        foreach (var scheduler in _schedulers)
                            scheduler.Rewind();
                        _schedulers[0].Restart();
                        Show(_schedulers[0].get_last_lr());
                    }

                    public override void step()
                    {
                        LastEpoch++;
                        var current = _milestones.Count(milestone => milestone <= LastEpoch);
                        var scheduler = _schedulers[current];
                        if (current > 0 && _milestones[current - 1] == LastEpoch)
                            scheduler.step(epoch: 0);
                        else
                            scheduler.step();
                        Show(scheduler.get_last_lr());
                    }

                    public override Dictionary<string, object> state_dict() =>
                        new(base.state_dict()) { ["_schedulers"] = _schedulers.Select(scheduler => scheduler.state_dict()).ToList() };

                    public override void load_state_dict(IDictionary state_dict)
                    {
                        Load(_schedulers, state_dict);
                        base.load_state_dict(state_dict);
                    }
                }

                /// <summary>All schedulers at every step, one upon the other. PyTorch's ChainedScheduler.</summary>
                public sealed class ChainedLR : LRScheduler
                {
                    private readonly LRScheduler[] _schedulers;

                    public ChainedLR(IEnumerable<LRScheduler> schedulers)
                    {
                        _schedulers = [.. schedulers];
                        if (_schedulers.Length == 0)
                            throw new ArgumentException("There is no scheduler to chain.", nameof(schedulers));
                        Show(_schedulers[^1].Rates());
                    }

                    public override void step()
                    {
                        LastEpoch++;
                        foreach (var scheduler in _schedulers)
                            scheduler.step();
                        Show(_schedulers[^1].Rates());
                    }

                    public override Dictionary<string, object> state_dict() => new()
                    {
                        ["_schedulers"] = _schedulers.Select(scheduler => scheduler.state_dict()).ToList(),
                        ["_last_lr"] = get_last_lr().ToList(),
                    };

                    public override void load_state_dict(IDictionary state_dict)
                    {
                        var last = Numbers(state_dict, "_last_lr");
                        Load(_schedulers, state_dict);
                        LastEpoch = _schedulers[0].last_epoch;
                        Show(last);
                    }
                }
            }
        }
    }
}
