namespace DeepLearning.Runs;

/// <summary>The settings to try: for each name, its values, in the order of writing.</summary>
/// <example><c>new RunSettings { ["lr"] = [0.01, 0.001], ["shuffle"] = [true] }</c></example>
public sealed class RunSettings : OrderedDictionary<string, IReadOnlyList<object>>;

/// <summary>Turns settings into runs.</summary>
/// <remarks>Seed 004, Hyperparameter Tuning.</remarks>
public static class RunBuilder
{
    /// <summary>One run for each combination of values; the last setting changes fastest.</summary>
    /// <exception cref="ArgumentException">A setting has no values, which would leave no runs at all.</exception>
    public static IReadOnlyList<Run> GetRuns(RunSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.FirstOrDefault(setting => setting.Value.Count == 0).Key is { } empty)
            throw new ArgumentException($"The setting '{empty}' has no values, so there would be no run: give it one, or leave it out.", nameof(settings));
        IEnumerable<IReadOnlyList<object>> combinations = [[]];
        foreach (var values in settings.Values)
            combinations = combinations.SelectMany(start => values.Select(value => (IReadOnlyList<object>)[.. start, value]));
        return [.. combinations.Select(values => new Run([.. settings.Keys], values))];
    }
}
