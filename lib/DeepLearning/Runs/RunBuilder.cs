namespace DeepLearning.Runs;

/// <summary>The settings to try: each name with its values, in the order of writing.</summary>
/// <example><c>new RunSettings { ["lr"] = [0.01, 0.001], ["shuffle"] = [true], ["dropout"] = [null, 0.5] }</c></example>
public sealed class RunSettings : OrderedDictionary<string, IReadOnlyList<object?>>;

/// <summary>Builds runs from settings: a grid of all combinations, or random draws.</summary>
/// <remarks>Tutorial 004, Hyperparameter Tuning.</remarks>
public static class RunBuilder
{
    /// <summary>Returns one run for each combination of values; the last setting changes fastest.</summary>
    /// <exception cref="ArgumentException">A setting has no values, so there would be no run, or a value of a type that settings cannot have.</exception>
    public static IReadOnlyList<Run> GetRuns(RunSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.FirstOrDefault(setting => setting.Value.Count == 0).Key is { } empty)
            throw new ArgumentException($"The setting '{empty}' has no values, so there would be no run: give it one, or leave it out.", nameof(settings));
        IEnumerable<IReadOnlyList<object?>> combinations = [[]];
        foreach (var values in settings.Values)
            combinations = combinations.SelectMany(start => values.Select(value => (IReadOnlyList<object?>)[.. start, value]));
        return [.. combinations.Select(values => new Run([.. settings.Keys], values))];
    }

    /// <summary>
    /// Returns one run for each combination, as records of your own, so that a misspelt or missing setting does not compile. The function is
    /// called once for each combination; the last setting changes fastest, and one choice may depend on another.
    /// </summary>
    /// <example>
    /// <code>
    /// record Setting(double Lr, int BatchSize, string Network);
    ///
    /// var runs = RunBuilder.GetRuns(each => new Setting(
    ///     Lr: each.Of(0.01, 0.001), BatchSize: 1000, Network: each.Of("no_batch_norm", "batch_norm")));
    /// </code>
    /// </example>
    /// <param name="make">Creates the settings of one run from the values that it is given.</param>
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
    /// Returns runs with randomly drawn settings (random search), for where a grid would be too large or would miss the values in between. A
    /// search of more runs starts with the runs of a shorter one.
    /// </summary>
    /// <remarks>Bergstra and Bengio, 2012: of many settings few matter, and a grid tries few values of each.</remarks>
    /// <example>
    /// <code>
    /// var runs = RunBuilder.Draw(20, seed: 1, draw => new Setting(
    ///     Lr: draw.LogUniform(1e-4, 1e-1), BatchSize: draw.Of(100, 1000), Network: draw.Of("no_batch_norm", "batch_norm")));
    /// </code>
    /// </example>
    /// <param name="count">The number of runs.</param>
    /// <param name="seed">The seed of the random numbers: the same seed gives the same runs.</param>
    /// <param name="make">Creates the settings of one run from the values that it draws.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not positive.</exception>
    public static IReadOnlyList<T> Draw<T>(int count, int seed, Func<Draw, T> make)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentNullException.ThrowIfNull(make);
        var draw = new Draw(seed);
        return [.. Enumerable.Range(0, count).Select(_ => make(draw))];
    }
}
