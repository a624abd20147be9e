using System.Collections;

namespace TorchSharp.Extras.Optim;

/// <summary>Reads numbers and lists from a scheduler's state dict; errors name the scheduler and the entry.</summary>
internal sealed class SchedulerStateReader(string scheduler, IDictionary state)
{
    public bool Has(string name) => state.Contains(name);

    public double Number(string name) => Number(Entry(name), name);

    public int Integer(string name) => Number(name) is var number && number == (int)number ? (int)number : throw Unfit(name, "an integer");

    /// <exception cref="ArgumentException">The entry is not a list of <paramref name="count"/> numbers, one for each parameter group.</exception>
    public double[] Numbers(string name, int count)
    {
        double[] numbers = [.. Items(name).Select(item => Number(item, name))];
        return numbers.Length == count
            ? numbers
            : throw new ArgumentException(
                $"The state does not fit {scheduler}: {name} has {numbers.Length} numbers, but the optimizer has {count} parameter groups.");
    }

    public IEnumerable<IDictionary> Dictionaries(string name, int count)
    {
        var items = Items(name);
        return items.Length == count && Array.TrueForAll(items, item => item is IDictionary)
            ? items.Cast<IDictionary>()
            : throw Unfit(name, $"a list of {count} states");
    }

    private object?[] Items(string name) =>
        Entry(name) is IEnumerable list and not (string or IDictionary) ? [.. list.Cast<object?>()] : throw Unfit(name, "a list");

    private object? Entry(string name) => state.Contains(name)
        ? state[name]
        : throw new ArgumentException(
            $"The state does not fit {scheduler}: it lacks {name} and has [{string.Join(", ", state.Keys.Cast<object>())}].");

    private double Number(object? value, string name) => value switch
    {
        double number => number,
        long number => number,
        int number => number,
        _ => throw Unfit(name, "a number"),
    };

    private ArgumentException Unfit(string name, string expected) => new($"The state does not fit {scheduler}: {name} is not {expected}.");
}
