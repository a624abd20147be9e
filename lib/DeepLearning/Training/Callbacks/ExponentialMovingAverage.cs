namespace DeepLearning.Training.Callbacks;

/// <summary>
/// Keeps an exponential moving average (EMA) of the weights in addition to the trained weights. Validation, the best checkpoint and the final model
/// use the averages; the optimizer updates the trained weights, from which <c>last.pth</c> resumes.
/// </summary>
/// <remarks>
/// Polyak and Juditsky, 1992; Lightning's EMAWeightAveraging. After each step: average = decay · average + (1 − decay) · weights, as in PyTorch's
/// get_ema_multi_avg_fn. After an error, the model has the trained weights.
/// </remarks>
/// <param name="decay">The fraction of the average that a step keeps, at least 0 and below 1.</param>
#pragma warning disable CA1001 // the trainer calls TearDown, which frees the averages
public sealed class ExponentialMovingAverage(double decay = 0.999) : Callback
#pragma warning restore CA1001
{
    private readonly WeightAverage _average = new();
    private bool _isSwapped;
    private bool _isLoaded;

    /// <summary>Gets an early position, so that other callbacks see the weights that are in use at each event.</summary>
    public override int Order => -1000;

    /// <inheritdoc/>
    public override void BeforeFit(FitState fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentOutOfRangeException.ThrowIfNegative(decay);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(decay, 1);
        (_isSwapped, _isLoaded) = (false, false);
        _average.Start(fit.Model);
    }

    /// <inheritdoc/>
    public override void OnResume(FitState fit)
    {
        // the checkpoint has no averages: they start from its weights
        if (!_isLoaded)
            _average.Start(fit.Model);
    }

    /// <inheritdoc/>
    public override void BeforeEpoch(FitState fit) => Use(fit, isAverage: false);

    /// <inheritdoc/>
    public override void BeforeBatch(FitState fit) => Use(fit, isAverage: false);

    /// <inheritdoc/>
    public override void AfterStep(FitState fit) => _average.Add(fit.Model, 1 - decay);

    /// <inheritdoc/>
    public override void BeforeValidation(FitState fit) => Use(fit, isAverage: true);

    /// <inheritdoc/>
    public override void AfterEpoch(FitState fit) => Use(fit, isAverage: false);

    /// <inheritdoc/>
    public override void AfterFit(FitState fit) => Use(fit, isAverage: true);

    /// <inheritdoc/>
    public override void OnException(FitState fit, Exception exception) => Use(fit, isAverage: false);

    /// <inheritdoc/>
    public override void TearDown(FitState fit) => _average.Dispose();

    /// <inheritdoc/>
    public override object? SaveState() => _average.Save();

    /// <inheritdoc/>
    public override void LoadState(object? state)
    {
        _average.Load(state);
        _isLoaded = true;
    }

    private void Use(FitState fit, bool isAverage)
    {
        if (_isSwapped == isAverage)
            return;
        _average.Swap(fit.Model);
        _isSwapped = isAverage;
    }
}
