namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>See <see href="https://pytorch.org/docs/stable/optim.html#how-to-adjust-learning-rate">torch.optim.lr_scheduler</see>.</summary>
        public static partial class lr_scheduler
        {
            /// <summary>
            /// Changes an optimizer's learning rates as training goes on. To go on after a break, load the optimizer's state and the scheduler's.
            /// </summary>
            public abstract partial class LRScheduler
            {
                private readonly Optimizer? _optimizer;
                private readonly bool _verbose;
                private double[] _last = [];

                /// <summary>For schedulers that steer others.</summary>
                private protected LRScheduler()
                {
                }

                /// <param name="optimizer">The optimizer whose groups' learning rates change.</param>
                /// <param name="last_epoch">How many steps were taken before, less one.</param>
                /// <param name="verbose">Whether each change is written to the console.</param>
                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    _optimizer = optimizer;
                    _verbose = verbose;
                    LastEpoch = last_epoch;
                    Groups = [.. optimizer.ParamGroups];
                    BaseRates = [.. Groups.Select(group => group.InitialLearningRate)];
                }

                /// <summary>How many steps were taken.</summary>
                public int last_epoch => LastEpoch;

                private protected IReadOnlyList<ILearningRateController> Groups { get; } = [];

                private protected IReadOnlyList<double> BaseRates { get; set; } = [];

                private protected int LastEpoch { get; set; }

                /// <summary>The step is the one that the constructor takes, which a restart at a later epoch makes from the initial rates.</summary>
                private protected bool IsFirst { get; private set; }

                public virtual void step()
                {
                    LastEpoch++;
                    Apply(get_lr());
                }

                /// <summary>Goes to an epoch at once; null is <see cref="step()"/>.</summary>
                public virtual void step(int? epoch)
                {
                    if (epoch is not { } given)
                    {
                        step();
                        return;
                    }
                    LastEpoch = given;
                    Apply(get_closed_form_lr());
                }

                /// <summary>For <see cref="impl.ReduceLROnPlateau"/>, which goes by a measurement; the others step without it.</summary>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                /// <summary>The learning rate of each group, as the last step left it.</summary>
                public IEnumerable<double> get_last_lr() => _last;

                /// <summary>The learning rates at the epoch that a step has just come to, from those before it.</summary>
                protected virtual IEnumerable<double> get_lr() => Groups.Select(group => group.LearningRate);

                /// <summary>The learning rates at the epoch, from the initial ones.</summary>
                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();

                /// <summary>Takes the step again that the constructor took.</summary>
                internal void Restart() => Start();

                internal void Rewind() => LastEpoch--;

                internal bool Steers(Optimizer optimizer) => ReferenceEquals(_optimizer, optimizer);

                internal void ResetRates()
                {
                    foreach (var group in Groups)
                        group.LearningRate = group.InitialLearningRate;
                }

                internal IEnumerable<double> Rates() => Groups.Select(group => group.LearningRate);

                private protected void Start()
                {
                    IsFirst = true;
                    step();
                    IsFirst = false;
                }

                private protected void Show(IEnumerable<double> rates) => _last = [.. rates];

                private protected IEnumerable<double> Scaled(double factor) => Groups.Select(group => group.LearningRate * factor);

                /// <summary>One value for all groups, or one for each.</summary>
                private protected double[] ForEachGroup(IEnumerable<double> values, string name)
                {
                    double[] given = [.. values];
                    return given.Length == Groups.Count
                        ? given
                        : given.Length == 1
                            ? [.. Enumerable.Repeat(given[0], Groups.Count)]
                            : throw new ArgumentException($"{name} has {given.Length} values for {Groups.Count} parameter groups.", name);
                }

                private void Apply(IEnumerable<double> rates)
                {
                    double[] computed = [.. rates];
                    for (var i = 0; i < computed.Length; i++)
                    {
                        Groups[i].LearningRate = computed[i];
                        if (_verbose)
                            Console.WriteLine($"Adjusting learning rate of group {i} to {computed[i]:e4}.");
                    }
                    _last = computed;
                }
            }
        }
    }
}
