using DeepLearning.Training;

namespace DeepLearning.Runs;

/// <summary>How a run ended: the content of run.json.</summary>
internal sealed record RunRecord(
    RunState State, string? Error, string CodeVersion, IReadOnlyDictionary<string, object?> Settings, IReadOnlyList<EpochRecord> Epochs)
{
    /// <summary>Returns the epochs of a training with the losses of their steps.</summary>
    public static IReadOnlyList<EpochRecord> EpochsOf(History history)
    {
        List<EpochRecord> epochs = [];
        long start = 0;
        foreach (var epoch in history.Epochs)
        {
            var losses = history.StepLosses.Skip((int)start).Take((int)(epoch.Step - start));
            epochs.Add(epoch with { StepLosses = [.. losses] });
            start = epoch.Step;
        }
        return epochs;
    }
}
