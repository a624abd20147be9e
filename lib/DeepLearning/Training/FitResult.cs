using DeepLearning.Display;

namespace DeepLearning.Training;

/// <summary>How a training ended.</summary>
/// <param name="History">What happened.</param>
/// <param name="Steps">Batches trained on.</param>
/// <param name="StopReason">Why it ended before the last epoch; null when it did not.</param>
/// <param name="IsCancelled">Whether that was because cancellation was asked for.</param>
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
