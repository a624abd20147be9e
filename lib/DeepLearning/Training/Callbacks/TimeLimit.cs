using System.Globalization;

namespace DeepLearning.Training.Callbacks;

/// <summary>Ends the training after a time. The time before an interruption counts when the training is resumed.</summary>
/// <remarks>As Lightning's Timer. The batch in progress is finished, and an epoch that it ends is validated.</remarks>
/// <param name="limit">The time.</param>
public sealed class TimeLimit(TimeSpan limit) : Callback, IDecidesAgain
{
    private TimeSpan _before;
    private long _started;
    private TimeProvider _time = TimeProvider.System;

    /// <summary>Gets the time that the training has taken.</summary>
    public TimeSpan Elapsed => _before + _time.GetElapsedTime(_started);

    /// <inheritdoc/>
    public override void BeforeFit(FitState fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero);
        _time = fit.Options.Time;
        (_before, _started) = (TimeSpan.Zero, _time.GetTimestamp());
    }

    /// <inheritdoc/>
    public override void AfterBatch(FitState fit) => StopIfOver(fit);

    /// <inheritdoc/>
    public override void OnResume(FitState fit) => StopIfOver(fit);

    /// <inheritdoc/>
    public override object? SaveState() => Elapsed.TotalSeconds;

    /// <inheritdoc/>
    public override void LoadState(object? state) => _before = TimeSpan.FromSeconds((double)state!);

    private void StopIfOver(FitState fit)
    {
        if (Elapsed >= limit)
            fit.Stop(string.Create(CultureInfo.InvariantCulture, $"the time limit of {limit:c} was reached"));
    }
}
