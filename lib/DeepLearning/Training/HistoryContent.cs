using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>A history in the plain containers of a checkpoint.</summary>
internal static class HistoryContent
{
    public static Dictionary<string, object?> Of(History history) => new()
    {
        ["epochs"] = history.Epochs.Select(epoch => (object?)new object?[]
        {
            (long)epoch.Epoch, epoch.Step, Of(epoch.Training), Of(epoch.Validation), epoch.LearningRate, epoch.Duration.TotalSeconds,
        }).ToList(),
        ["validations"] = history.Validations.Select(validation => (object?)new object?[] { validation.Step, Of(validation.Scores) }).ToList(),
        ["step_losses"] = tensor(history.StepLosses.ToArray()),
    };

    public static void Restore(History history, object? content)
    {
        var saved = (Dictionary<object, object?>)content!;
        history.Restore(
            Rows(saved["epochs"]).Select(row => new EpochRecord(
                (int)(long)row[0]!, (long)row[1]!, ScoresOf(row[2])!, ScoresOf(row[3]), (double)row[4]!, TimeSpan.FromSeconds((double)row[5]!))),
            Rows(saved["validations"]).Select(row => new ValidationRecord((long)row[0]!, ScoresOf(row[1])!)),
            ((Tensor)saved["step_losses"]!).data<double>().ToArray());
    }

    private static Dictionary<object, object?>? Of(Scores? scores) =>
        scores?.Metrics.Prepend(new(Scores.LossName, scores.Loss)).ToDictionary(entry => (object)entry.Key, entry => (object?)entry.Value);

    private static Scores? ScoresOf(object? content) => content is Dictionary<object, object?> values
        ? new Scores(
            (double)values[Scores.LossName]!,
            values.Where(entry => (string)entry.Key != Scores.LossName).ToDictionary(entry => (string)entry.Key, entry => (double)entry.Value!))
        : null;

    private static IEnumerable<object?[]> Rows(object? list) => ((List<object?>)list!).Cast<object?[]>();
}
