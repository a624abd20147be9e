using DeepLearning.Training;

namespace DeepLearning.Runs;

/// <summary>The names of the columns of results, which settings cannot have.</summary>
internal static class ResultsColumns
{
    public const string Run = "run";
    public const string Epoch = "epoch";
    public const string EpochDuration = "epoch duration";
    public const string RunDuration = "run duration";
    public const string Seed = "seed";
    public const string Seeds = "seeds";
    public const string Failed = "failed";
    public const string Pruned = "pruned";
    public const string Epochs = "epochs";
    public const string Duration = "duration";
    public const string State = "state";
    public const string Error = "error";

    private const string SpreadEnd = " std";

    // the column without a name has the row numbers of a file
    private static readonly HashSet<string> _fixed =
        ["", Run, Epoch, EpochDuration, RunDuration, Seeds, Failed, Pruned, Epochs, Duration, State, Error, Scores.LossName];

    /// <summary>Returns the name of the column of a validation score.</summary>
    public static string Validation(string score) => ScoreNames.ValidationStart + score;

    /// <summary>Returns the name of the column with the standard deviation of a score over the seeds.</summary>
    public static string Spread(string score) => score + SpreadEnd;

    /// <summary>Checks that no setting and no metric has the name of another column of results.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="metrics">The names of the metrics, which are also columns.</param>
    /// <exception cref="ArgumentException">A setting or a metric has the name of another column, or two settings have the same name.</exception>
    public static void Check(Run settings, IReadOnlyList<string> metrics)
    {
        if (metrics.FirstOrDefault(_fixed.Contains) is { } taken)
            throw new ArgumentException($"A metric has the name '{taken}' of another column of the results: use another name.", nameof(metrics));
        HashSet<string> scores = [.. metrics, Scores.LossName];
        bool IsScore(string name) =>
            scores.Contains(name)
            || (name.StartsWith(ScoreNames.ValidationStart, StringComparison.Ordinal) && scores.Contains(name[ScoreNames.ValidationStart.Length..]))
            || (name.EndsWith(SpreadEnd, StringComparison.Ordinal) && IsScore(name[..^SpreadEnd.Length]));
        foreach (var name in settings.Names)
        {
            if (_fixed.Contains(name) || IsScore(name))
                throw new ArgumentException($"A setting has the name '{name}' of another column of the results: use another name.", nameof(settings));
        }
        if (settings.Names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } repeated)
            throw new ArgumentException($"Two settings are named '{repeated.Key}'.", nameof(settings));
    }
}
