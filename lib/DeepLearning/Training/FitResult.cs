using DeepLearning.Display;

namespace DeepLearning.Training;

/// <summary>The result of training.</summary>
/// <param name="History">The history of training.</param>
/// <param name="Steps">The number of training batches.</param>
/// <param name="StopReason">The reason for a stop before the last epoch; null without a stop.</param>
/// <param name="IsCanceled">Whether training was canceled.</param>
[TypeFormatterSource(typeof(TextFormatterSource), PreferredMimeTypes = ["text/plain"])]
public sealed record FitResult(History History, long Steps, string? StopReason, bool IsCanceled)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var scores = History.Epochs is [.., var last] ? last.Text() : "no epoch ended";
        return $"{Quantity.Text(History.Epochs.Count, "epoch")}, {Quantity.Text(Steps, "step")}: {scores}" + (StopReason is null ? "" : $"; ended early: {StopReason}");
    }
}
