using DeepLearning.Display;

namespace DeepLearning.Training;

/// <summary>The result of a training.</summary>
/// <param name="History">The course of the training.</param>
/// <param name="Steps">The number of batches that were trained on.</param>
/// <param name="StopReason">The reason why the training ended before the last epoch; null if it did not.</param>
/// <param name="IsCancelled">Whether it was cancelled.</param>
[TypeFormatterSource(typeof(TextFormatterSource), PreferredMimeTypes = ["text/plain"])]
public sealed record FitResult(History History, long Steps, string? StopReason, bool IsCancelled)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var last = History.Epochs.Count > 0 ? History.Epochs[^1] : null;
        var scores = last is null ? "no epoch ended" : $"{last.Training}" + (last.Validation is null ? "" : $"; validation {last.Validation}");
        return $"{History.Epochs.Count} epochs, {Steps} steps: {scores}" + (StopReason is null ? "" : $"; ended early: {StopReason}");
    }
}
