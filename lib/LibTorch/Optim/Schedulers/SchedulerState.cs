using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public abstract partial class LRScheduler
            {
                /// <summary>
                /// What changes as training goes on, under PyTorch's names: plain numbers and lists, which <see cref="PyTorchFile"/> writes. The
                /// settings are not in it: make the scheduler with the same ones, then load its state, and the optimizer's.
                /// </summary>
                public virtual Dictionary<string, object> state_dict() => new()
                {
                    ["base_lrs"] = BaseRates.ToList(),
                    ["last_epoch"] = (long)LastEpoch,
                    ["_last_lr"] = _last.ToList(),
                };

                /// <summary>Goes on where another scheduler of the same settings was. The optimizer's rates are its own state's to restore.</summary>
                /// <param name="state_dict">What <see cref="state_dict"/> gave, also from a file, or PyTorch's scheduler of that kind.</param>
                /// <exception cref="ArgumentException">It is not such a state; the scheduler is unchanged.</exception>
                public virtual void load_state_dict(IDictionary state_dict)
                {
                    ArgumentNullException.ThrowIfNull(state_dict);
                    var rates = Numbers(state_dict, "base_lrs");
                    if (rates.Length != BaseRates.Count)
                        throw new ArgumentException($"The state is of {rates.Length} parameter groups, the optimizer has {BaseRates.Count}.");
                    // a scheduler that has not taken its first step, as one in a sequence, has none in PyTorch's state
                    var last = state_dict.Contains("_last_lr") ? Numbers(state_dict, "_last_lr") : rates;
                    (LastEpoch, BaseRates, _last) = ((int)Number(state_dict, "last_epoch"), rates, last);
                }

                private protected static double Number(IDictionary state, string name) => Convert(Entry(state, name), name);

                private protected static double[] Numbers(IDictionary state, string name) =>
                    [.. Entries(state, name).Select(item => Convert(item, name))];

                private protected static object?[] Entries(IDictionary state, string name) => Entry(state, name) is IEnumerable list and not string
                    ? [.. list.Cast<object?>()]
                    : throw Unfit(name);

                private protected static ArgumentException Unfit(string name) =>
                    new($"The scheduler's state has something else as its {name} than a scheduler of this kind: it is another's.");

                /// <summary>Loads the states of the parts that a scheduler consists of; all are looked at before the first changes.</summary>
                private protected static void Load(IReadOnlyList<LRScheduler> parts, IDictionary state)
                {
                    var states = Entries(state, "_schedulers");
                    if (states.Length != parts.Count || !states.All(part => part is IDictionary))
                        throw Unfit("_schedulers");
                    var before = parts.Select(part => part.state_dict()).ToArray();
                    try
                    {
                        for (var i = 0; i < states.Length; i++)
                            parts[i].load_state_dict((IDictionary)states[i]!);
                    }
                    catch (ArgumentException)
                    {
                        for (var i = 0; i < before.Length; i++)
                            parts[i].load_state_dict(before[i]);
                        throw;
                    }
                }

                private static object? Entry(IDictionary state, string name) => state.Contains(name)
                    ? state[name]
                    : throw new ArgumentException($"The scheduler's state lacks {name}: it has [{string.Join(", ", state.Keys.Cast<object>())}].");

                private static double Convert(object? value, string name) => value switch
                {
                    double number => number,
                    long number => number,
                    int number => number,
                    _ => throw Unfit(name),
                };
            }
        }
    }
}
