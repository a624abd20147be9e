using System.Globalization;

namespace DeepLearning.Training.Callbacks;

/// <summary>Ends training when a score reaches a target: the validation score, or the training score if there is no validation data.</summary>
/// <param name="monitor">The score.</param>
/// <param name="target">The value at which training ends; better values also end it.</param>
/// <exception cref="ArgumentOutOfRangeException">The target is NaN.</exception>
public sealed class StopAtTarget(Objective monitor, double target) : Callback, IRechecksOnResume
{
    private readonly double _target = double.IsNaN(target)
        ? throw new ArgumentOutOfRangeException(nameof(target), "The target of StopAtTarget is NaN, which no score reaches.")
        : target;

    /// <inheritdoc/>
    public override void BeforeFit(FitState fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        monitor.Check(fit.Options, nameof(StopAtTarget));
    }

    /// <inheritdoc/>
    public override void AfterValidation(FitState fit) => Check(fit);

    /// <inheritdoc/>
    public override void AfterEpoch(FitState fit)
    {
        if (fit.ValidationData is null)
            Check(fit);
    }

    /// <inheritdoc/>
    public override void OnResume(FitState fit)
    {
        if (fit.Validation is not null || fit.History.Epochs.Count > 0)
            Check(fit);
    }

    private void Check(FitState fit)
    {
        var value = monitor.Read(fit);
        if (monitor.HasReached(value, _target))
            fit.Stop(string.Create(CultureInfo.InvariantCulture, $"the {monitor.Name} of {value:0.0000} has reached its target of {_target}"));
    }
}
