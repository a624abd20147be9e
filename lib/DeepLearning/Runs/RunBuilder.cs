namespace DeepLearning.Runs;

/// <summary>The settings of a grid: the values of each setting by name, in insertion order.</summary>
/// <example><c>new RunSettings { ["lr"] = [0.01, 0.001], ["shuffle"] = [true], ["dropout"] = [null, 0.5] }</c></example>
public sealed class RunSettings : OrderedDictionary<string, IReadOnlyList<object?>>;

/// <summary>Creates runs from settings: a grid of all combinations, or random samples.</summary>
/// <remarks>Tutorial 004, Hyperparameter Tuning.</remarks>
public static class RunBuilder
{
    /// <summary>Returns one run for each combination of values; the last setting changes fastest.</summary>
    /// <exception cref="ArgumentException">A setting has no values, or a value of an unsupported type.</exception>
    /// <param name="settings">The values of each setting.</param>
    public static IReadOnlyList<Run> GetRuns(RunSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.FirstOrDefault(setting => setting.Value.Count == 0).Key is { } empty)
            throw new ArgumentException($"The setting '{empty}' has no values, so there are no runs: add a value, or remove the setting.", nameof(settings));
        IEnumerable<IReadOnlyList<object?>> combinations = [[]];
        foreach (var values in settings.Values)
            combinations = combinations.SelectMany(start => values.Select(value => (IReadOnlyList<object?>)[.. start, value]));
        return [.. combinations.Select(values => new Run([.. settings.Keys], values))];
    }

    /// <summary>
    /// Returns one run for each combination, as user-defined records, so a misspelled or missing setting is a compilation error. The function is
    /// called once for each combination; the last setting changes fastest, and a choice may depend on another.
    /// </summary>
    /// <example>
    /// <code>
    /// record Setting(double Lr, int BatchSize, string Network);
    ///
    /// var runs = RunBuilder.GetRuns(each => new Setting(
    ///     Lr: each.Of(0.01, 0.001), BatchSize: 1000, Network: each.Of("no_batch_norm", "batch_norm")));
    /// </code>
    /// </example>
    /// <param name="make">A function that creates the settings of one run from choices.</param>
    public static IReadOnlyList<T> GetRuns<T>(Func<Choices, T> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        List<T> runs = [];
        var each = new Choices();
        do
            runs.Add(make(each));
        while (each.Next());
        return runs;
    }

    /// <summary>
    /// Returns runs with randomly drawn settings (random search), for searches in which a grid would be too large or would miss values in between. A
    /// longer search starts with the runs of a shorter one.
    /// </summary>
    /// <remarks>Bergstra and Bengio, 2012: few of many settings matter, and a grid tries only few values of each.</remarks>
    /// <example>
    /// <code>
    /// var runs = RunBuilder.Draw(20, seed: 1, draw => new Setting(
    ///     Lr: draw.LogUniform(1e-4, 1e-1), BatchSize: draw.Of(100, 1000), Network: draw.Of("no_batch_norm", "batch_norm")));
    /// </code>
    /// </example>
    /// <param name="count">The number of runs.</param>
    /// <param name="seed">The seed of the random numbers; the same seed gives the same runs.</param>
    /// <param name="make">A function that creates the settings of one run from random values.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not positive.</exception>
    public static IReadOnlyList<T> Draw<T>(int count, int seed, Func<Draw, T> make)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentNullException.ThrowIfNull(make);
        var draw = new Draw(seed);
        return [.. Enumerable.Range(0, count).Select(_ => make(draw))];
    }
}
