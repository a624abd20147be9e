using System.Globalization;
using static TorchSharp.torch;

namespace DeepLearning.Training.Callbacks;

/// <summary>Ends training when a score has stopped getting better.</summary>
/// <remarks>Tutorial 000, EarlyStopCallback, with the direction told (<see cref="Training.Monitor"/>).</remarks>
public sealed class EarlyStop : Callback, IDisposable
{
    private Dictionary<string, Tensor>? _best;
    private double? _bestValue;
    private long _checks;

    /// <summary>What is watched.</summary>
    /// <value>The loss.</value>
    public Monitor Monitor { get; init; } = Monitor.Loss;

    /// <summary>How many validations in a row, or epochs where there is no validation set, may pass without a better score.</summary>
    /// <value>5.</value>
    public int Patience { get; init; } = 5;

    /// <summary>By how much a score must be better to count.</summary>
    /// <value>0.</value>
    public double MinDelta { get; init; }

    /// <summary>Whether the network gets its best weights back at the end, even if nothing stopped it.</summary>
    /// <value>false.</value>
    public bool RestoreBest { get; init; }

    /// <inheritdoc/>
    public override void BeforeFit(FitState fit)
    {
        if (fit.EpochsDone == 0 && fit.Step == 0)
            (_bestValue, _checks) = (null, 0);
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
    public override void AfterFit(FitState fit)
    {
        if (_best is not null)
            fit.Model.load_state_dict(_best);
        Dispose();
    }

    /// <inheritdoc/>
    public override object? SaveState() =>
        new Dictionary<string, object?> { ["best"] = _bestValue, ["checks"] = _checks, ["weights"] = _best };

    /// <inheritdoc/>
    public override void LoadState(object? state)
    {
        if (state is not Dictionary<object, object?> saved)
            return;
        (_bestValue, _checks) = ((double?)saved["best"], (long)saved["checks"]!);
        if (saved["weights"] is Dictionary<object, object?> weights)
            Keep(weights.ToDictionary(entry => (string)entry.Key, entry => (Tensor)entry.Value!));
    }

    /// <summary>Frees the best weights that it keeps.</summary>
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
        if (++_checks < Patience)
            return;
        fit.Stop(string.Create(
            CultureInfo.InvariantCulture, $"the {Monitor.Name} has not got better than {_bestValue:0.0000} {_checks} times in a row"));
    }

    private void Keep(Dictionary<string, Tensor> weights)
    {
        Dispose();
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        _best = weights.ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone().DetachFromDisposeScope());
    }
}
