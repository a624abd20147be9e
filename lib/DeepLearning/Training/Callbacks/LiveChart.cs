namespace DeepLearning.Training.Callbacks;

/// <summary>Shows the learning curves and updates them after each epoch, at most four times a second.</summary>
public sealed class LiveChart : Callback
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);

    private readonly Func<object, Action<object>> _show;
    private Action<object>? _update;
    private long _shown;
    private int _epochsShown;

    /// <summary>Initializes a new instance with a display function.</summary>
    /// <param name="show">Shows a chart and returns an action that replaces it; in a notebook <c>chart => display(chart).Update</c>.</param>
    public LiveChart(Func<object, Action<object>> show)
    {
        ArgumentNullException.ThrowIfNull(show);
        _show = show;
    }

    /// <inheritdoc/>
    public override bool FirstProcessOnly => true;

    /// <inheritdoc/>
    public override void BeforeFit(FitState fit) => (_update, _epochsShown) = (null, 0);

    /// <inheritdoc/>
    public override void AfterEpoch(FitState fit)
    {
        if (_update is null || fit.Options.Time.GetElapsedTime(_shown) >= _pause)
            Show(fit);
    }

    /// <inheritdoc/>
    public override void AfterFit(FitState fit) => ShowLast(fit);

    /// <inheritdoc/>
    public override void OnException(FitState fit, Exception exception) => ShowLast(fit);

    private void ShowLast(FitState fit)
    {
        if (fit.History.Epochs.Count > _epochsShown)
            Show(fit);
    }

    private void Show(FitState fit)
    {
        var chart = fit.History.LearningCurves();
        if (_update is null)
            _update = _show(chart);
        else
            _update(chart);
        (_shown, _epochsShown) = (fit.Options.Time.GetTimestamp(), fit.History.Epochs.Count);
    }
}
