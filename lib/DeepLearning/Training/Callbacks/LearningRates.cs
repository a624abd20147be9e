namespace DeepLearning.Training.Callbacks;

/// <summary>Notes the learning rate of every step, to be drawn or looked at.</summary>
public sealed class LearningRates : Callback
{
    private readonly List<double> _rates = [];

    /// <summary>The first group's learning rate at each change of the weights.</summary>
    public IReadOnlyList<double> Rates => _rates;

    /// <inheritdoc/>
    public override void BeforeFit(FitState fit)
    {
        if (fit.Step == 0)
            _rates.Clear();
    }

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
