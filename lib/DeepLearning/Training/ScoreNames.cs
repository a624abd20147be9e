namespace DeepLearning.Training;

/// <summary>Checks the names of metrics, which name columns in tables and files.</summary>
internal static class ScoreNames
{
    /// <summary>The columns of <see cref="History.Table"/> in addition to the scores.</summary>
    public const string Epoch = "epoch", LearningRate = "learning rate", Duration = "duration";

    /// <summary>The prefix of columns with validation scores.</summary>
    public const string ValidationStart = "validation ";

    private static readonly HashSet<string> _columns = [Epoch, LearningRate, Duration];

    /// <exception cref="ArgumentException">Two scores have the same name, or a metric has the name of another column.</exception>
    public static void Check(IReadOnlyList<string> metrics)
    {
        var repeated = metrics.Prepend(Scores.LossName).GroupBy(name => name).FirstOrDefault(names => names.Count() > 1)?.Key;
        if (repeated is not null)
        {
            throw new ArgumentException(
                $"Several scores are called '{repeated}': every metric of TrainerOptions.Metrics needs a unique name other than '{Scores.LossName}'.");
        }
        HashSet<string> scores = [.. metrics, Scores.LossName];
        foreach (var name in metrics)
        {
            if (_columns.Contains(name) || (name.StartsWith(ValidationStart, StringComparison.Ordinal) && scores.Contains(name[ValidationStart.Length..])))
                throw new ArgumentException($"A metric is called '{name}', which is the name of another column of the results: use another name.");
        }
    }
}
