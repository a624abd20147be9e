using System.Globalization;
using static TorchSharp.torch;

namespace DeepLearning.Training.Callbacks;

/// <summary>Ends training when a score has stopped improving.</summary>
/// <remarks>
/// The EarlyStopCallback of tutorial 000 with a direction (<see cref="Objective"/>), like EarlyStopping of Keras and Lightning. Resumed training uses
/// the current settings: with another patience, it continues or ends accordingly.
/// </remarks>
public sealed class EarlyStopping : Callback, IRechecksOnResume, IDisposable
{
    private Dictionary<string, Tensor>? _best;
    private double? _bestValue;
    private long _checks;
    private string? _savedMonitor;

    /// <summary>Gets the score to monitor.</summary>
    /// <value>The loss.</value>
    public Objective Monitor { get; init; } = Objective.Loss;

    /// <summary>
    /// Gets the number of consecutive validations (of epochs if there is no validation data) without an improvement after which training ends.
    /// </summary>
    /// <value>5.</value>
    public int Patience { get; init; } = 5;

    /// <summary>Gets the smallest improvement that counts.</summary>
    /// <value>0.</value>
    public double MinDelta { get; init; }

    /// <summary>Gets a value that indicates whether the model gets its best weights back at the end, whatever ends training.</summary>
    /// <value>false.</value>
    public bool RestoreBest { get; init; }

    /// <inheritdoc/>
    public override void BeforeFit(FitState fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Patience);
        ArgumentOutOfRangeException.ThrowIfNegative(MinDelta);
        Monitor.Check(fit.Options, nameof(EarlyStopping));
        Dispose();
        (_bestValue, _checks, _savedMonitor) = (null, 0, null);
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
    public override void AfterFit(FitState fit) => Restore(fit);

    /// <inheritdoc/>
    public override void OnException(FitState fit, Exception exception) => Restore(fit);

    /// <inheritdoc/>
    public override void TearDown(FitState fit) => Dispose();

    /// <inheritdoc/>
    public override void OnResume(FitState fit)
    {
        if (_savedMonitor is not null && _savedMonitor != Monitor.Name)
        {
            throw new InvalidOperationException(
                $"The checkpoint was written by an EarlyStopping that monitors '{_savedMonitor}'; this one monitors '{Monitor.Name}'. Resume with the same, or train without the checkpoint.");
        }
        StopIfPatienceIsOver(fit);
    }

    /// <inheritdoc/>
    public override object? SaveState() => new Dictionary<string, object?>
    {
        ["monitor"] = Monitor.Name,
        ["best"] = _bestValue,
        ["checks"] = _checks,
        ["weights"] = _best,
    };

    /// <inheritdoc/>
    public override void LoadState(object? state)
    {
        if (state is not Dictionary<object, object?> saved)
            return;
        (_savedMonitor, _bestValue, _checks) = ((string?)saved["monitor"], (double?)saved["best"], (long)saved["checks"]!);
        if (saved["weights"] is Dictionary<object, object?> weights)
            Keep(weights.ToDictionary(entry => (string)entry.Key, entry => (Tensor)entry.Value!));
    }

    /// <summary>Disposes of the stored best weights.</summary>
    public void Dispose()
    {
        foreach (var tensor in _best?.Values ?? Enumerable.Empty<Tensor>())
            tensor.Dispose();
        _best = null;
    }

    private void Check(FitState fit)
    {
        var value = Monitor.Read(fit);
        if (Monitor.IsBetter(value, _bestValue, MinDelta))
        {
            (_bestValue, _checks) = (value, 0);
            if (RestoreBest)
                Keep(fit.Model.state_dict());
            return;
        }
        _checks++;
        StopIfPatienceIsOver(fit);
    }

    private void StopIfPatienceIsOver(FitState fit)
    {
        if (_checks < Patience)
            return;
        fit.Stop(_bestValue is { } best
            ? string.Create(CultureInfo.InvariantCulture, $"the {Monitor.Name} has not improved {_checks} times in a row; the best was {best:0.0000}")
            : string.Create(CultureInfo.InvariantCulture, $"the {Monitor.Name} was NaN {_checks} times in a row"));
    }

    private void Restore(FitState fit)
    {
        if (_best is not null)
            fit.Model.load_state_dict(_best);
    }

    private void Keep(Dictionary<string, Tensor> weights)
    {
        Dispose();
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        _best = weights.ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone().DetachFromDisposeScope());
    }
}
