using DeepLearning.Training;

namespace DeepLearning.Runs;

/// <summary>How a run ended, as run.json says.</summary>
internal sealed record RunRecord(
    RunState State, string? Error, string CodeVersion, IReadOnlyDictionary<string, object> Settings, IReadOnlyList<RunRecord.Epoch> Epochs)
{
    /// <summary>One epoch; the duration with its test.</summary>
    internal sealed record Epoch(Scores Training, Scores? Test, double Seconds, IReadOnlyList<double> BatchLosses);

    public static IEnumerable<Epoch> EpochsOf(History history)
    {
        long start = 0;
        foreach (var epoch in history.Epochs)
        {
            var losses = history.StepLosses.Skip((int)start).Take((int)(epoch.Step - start));
            yield return new Epoch(epoch.Training, epoch.Validation, epoch.Duration.TotalSeconds, [.. losses]);
            start = epoch.Step;
        }
    }

    public IEnumerable<EpochResult> Results(int run, Run settings)
    {
        var (number, seconds) = (0, 0.0);
        foreach (var epoch in Epochs)
        {
            seconds += epoch.Seconds;
            yield return new EpochResult(
                run, ++number, epoch.Training, epoch.Test, TimeSpan.FromSeconds(epoch.Seconds), TimeSpan.FromSeconds(seconds), settings,
                epoch.BatchLosses);
        }
    }
}
