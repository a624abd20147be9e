using System.Globalization;

namespace DeepLearning.Training.Callbacks;

/// <summary>Ends training after a time limit. For resumed training, the time before the interruption counts.</summary>
/// <remarks>Like Lightning's Timer. The current batch is completed; if it is the last of its epoch, the epoch is validated.</remarks>
/// <param name="limit">The time limit.</param>
public sealed class TimeLimit(TimeSpan limit) : Callback, IRechecksOnResume
{
    private TimeSpan _before;
    private long _started;
    private TimeProvider _time = TimeProvider.System;

    /// <summary>Gets the elapsed training time.</summary>
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
