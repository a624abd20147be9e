namespace DeepLearning.Runs;

/// <summary>One run of a sweep: what it was and how it ended.</summary>
/// <param name="Number">Which run, from 1.</param>
/// <param name="Settings">Its settings, the seed last.</param>
/// <param name="State">How it ended, if it has.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
/// <param name="Epochs">Its epochs; of a run that failed, those that had ended.</param>
/// <param name="Folder">Where its checkpoints are.</param>
public sealed record SweepRun(int Number, Run Settings, RunState State, string? Error, IReadOnlyList<EpochResult> Epochs, string Folder)
{
    /// <summary>How long its epochs took together.</summary>
    public TimeSpan Duration => Epochs is [.., var last] ? last.RunDuration : TimeSpan.Zero;

    /// <summary>The columns of the table of runs, and their values: the scores are the last epoch's.</summary>
    internal IEnumerable<KeyValuePair<string, object?>> Columns()
    {
        yield return new("run", Number);
        foreach (var (name, value) in Settings.Names.Zip(Settings.Values))
            yield return new(name, value);
        foreach (var score in Scores())
            yield return new(score.Key, score.Value);
        yield return new("epochs", Epochs.Count);
        yield return new("duration", Duration.TotalSeconds);
        yield return new("state", State.ToString().ToLowerInvariant());
        if (Error is not null)
            yield return new("error", Error);
    }

    /// <summary>The last epoch's, "test " before those of the test set.</summary>
    internal IEnumerable<KeyValuePair<string, double>> Scores()
    {
        if (Epochs is not [.., var last])
            return [];
        var training = last.Training.Names.Select(name => KeyValuePair.Create(name, last.Training[name]));
        var test = last.Test?.Names.Select(name => KeyValuePair.Create($"test {name}", last.Test[name]));
        return test is null ? training : training.Concat(test);
    }
}

/// <summary>How a run ended, if it has.</summary>
public enum RunState
{
    /// <summary>Not begun, or interrupted: the next sweep goes on with it.</summary>
    Unfinished,

    /// <summary>Trained to its end, or to where a callback stopped it.</summary>
    Finished,

    /// <summary>Ended by an error.</summary>
    Failed,
}
