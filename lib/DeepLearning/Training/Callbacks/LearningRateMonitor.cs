namespace DeepLearning.Training.Callbacks;

/// <summary>Records the learning rate of every step.</summary>
public sealed class LearningRateMonitor : Callback
{
    private readonly List<double> _rates = [];

    /// <summary>Gets the learning rate of the first parameter group at each change of the weights.</summary>
    public IReadOnlyList<double> Rates => _rates;

    /// <inheritdoc/>
    public override void BeforeFit(FitState fit) => _rates.Clear();

    /// <inheritdoc/>
    public override void BeforeStep(FitState fit) => _rates.Add(fit.LearningRate);

    /// <inheritdoc/>
    public override object? SaveState() => _rates.Cast<object?>().ToList();

    /// <inheritdoc/>
    public override void LoadState(object? state)
    {
        _rates.Clear();
        _rates.AddRange(((List<object?>)state!).Cast<double>());
    }
}
