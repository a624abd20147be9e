using DeepLearning.Charts;
using Microsoft.Data.Analysis;

namespace DeepLearning.Training;

/// <summary>What happened in a training, as values, a table and curves.</summary>
public sealed class History
{
    private readonly List<EpochRecord> _epochs = [];
    private readonly List<ValidationRecord> _validations = [];
    private readonly List<double> _stepLosses = [];

    /// <summary>Each epoch that ended.</summary>
    public IReadOnlyList<EpochRecord> Epochs => _epochs;

    /// <summary>Each validation.</summary>
    public IReadOnlyList<ValidationRecord> Validations => _validations;

    /// <summary>The loss of every batch that was trained on.</summary>
    public IReadOnlyList<double> StepLosses => _stepLosses;

    /// <summary>A row an epoch: its scores, "validation " before those of the validation set; the duration in seconds.</summary>
    public DataFrame Table()
    {
        List<DataFrameColumn> columns = [new Int32DataFrameColumn("epoch", _epochs.Select(epoch => (int?)epoch.Epoch))];
        foreach (var name in Names())
        {
            columns.Add(new DoubleDataFrameColumn(name, _epochs.Select(epoch => (double?)epoch.Training[name])));
            if (_epochs.Exists(epoch => epoch.Validation is not null))
                columns.Add(new DoubleDataFrameColumn($"validation {name}", _epochs.Select(epoch => epoch.Validation?[name])));
        }
        columns.Add(new DoubleDataFrameColumn("learning rate", _epochs.Select(epoch => (double?)epoch.LearningRate)));
        columns.Add(new DoubleDataFrameColumn("duration", _epochs.Select(epoch => (double?)epoch.Duration.TotalSeconds)));
        return new DataFrame(columns);
    }

    /// <summary>Loss and, where it was measured, accuracy over the epochs.</summary>
    /// <exception cref="InvalidOperationException">No epoch has ended yet.</exception>
    public Figure LearningCurves(string name = "training")
    {
        if (_epochs.Count == 0)
            throw new InvalidOperationException("There is nothing to draw yet: no epoch has ended.");
        return Chart.LearningCurves([EpochCurves.Of(name, _epochs) with { StepLosses = _stepLosses }]);
    }

    internal void Add(EpochRecord epoch) => _epochs.Add(epoch);

    internal void Add(ValidationRecord validation) => _validations.Add(validation);

    internal void Add(double stepLoss) => _stepLosses.Add(stepLoss);

    internal void Restore(IEnumerable<EpochRecord> epochs, IEnumerable<ValidationRecord> validations, IEnumerable<double> stepLosses)
    {
        _epochs.Clear();
        _epochs.AddRange(epochs);
        _validations.Clear();
        _validations.AddRange(validations);
        _stepLosses.Clear();
        _stepLosses.AddRange(stepLosses);
    }

    private IEnumerable<string> Names() =>
        _epochs.SelectMany(epoch => epoch.Training.Metrics.Keys).Distinct().Prepend(Scores.LossName);
}
