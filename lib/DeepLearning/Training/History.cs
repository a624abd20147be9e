using DeepLearning.Charts;
using Microsoft.Data.Analysis;

namespace DeepLearning.Training;

/// <summary>The history of a training run: values, a table and learning curves.</summary>
public sealed class History
{
    private readonly List<EpochRecord> _epochs = [];
    private readonly List<ValidationRecord> _validations = [];
    private readonly List<double> _stepLosses = [];

    /// <summary>Gets the record of each completed epoch.</summary>
    public IReadOnlyList<EpochRecord> Epochs => _epochs;

    /// <summary>Gets the record of each validation.</summary>
    public IReadOnlyList<ValidationRecord> Validations => _validations;

    /// <summary>
    /// Gets the loss of every training batch. On a GPU, losses are read in groups, so the last losses may be missing during an epoch.
    /// </summary>
    public IReadOnlyList<double> StepLosses => _stepLosses;

    /// <summary>
    /// Returns a table with a row for each epoch: each score with the "validation" score next to it, the learning rate, and the duration in seconds.
    /// Scores that an epoch did not measure are empty.
    /// </summary>
    public DataFrame Table()
    {
        List<DataFrameColumn> columns = [new Int32DataFrameColumn(ScoreNames.Epoch, _epochs.Select(epoch => (int?)epoch.Epoch))];
        var isValidated = _epochs.Exists(epoch => epoch.Validation is not null);
        foreach (var name in _epochs.SelectMany(epoch => epoch.Training.Names).Distinct())
        {
            columns.Add(new DoubleDataFrameColumn(name, _epochs.Select(epoch => epoch.Training.Find(name))));
            if (isValidated)
                columns.Add(new DoubleDataFrameColumn(ScoreNames.ValidationStart + name, _epochs.Select(epoch => epoch.Validation?.Find(name))));
        }
        columns.Add(new DoubleDataFrameColumn(ScoreNames.LearningRate, _epochs.Select(epoch => (double?)epoch.LearningRate)));
        columns.Add(new DoubleDataFrameColumn(ScoreNames.Duration, _epochs.Select(epoch => (double?)epoch.Duration.TotalSeconds)));
        return new DataFrame(columns);
    }

    /// <summary>Returns the curves of the loss and, where it was measured, the accuracy over the epochs.</summary>
    /// <param name="name">The name of the curves.</param>
    /// <exception cref="InvalidOperationException">There are no completed epochs.</exception>
    public Figure LearningCurves(string name = "training")
    {
        if (_epochs.Count == 0)
            throw new InvalidOperationException("There is nothing to draw yet: there are no completed epochs.");
        return Chart.LearningCurves([EpochCurves.Of(name, _epochs) with { StepLosses = _stepLosses }]);
    }

    /// <summary>Adds an epoch record with the step losses since the previous epoch.</summary>
    internal void Add(EpochRecord epoch)
    {
        var start = _epochs is [.., var last] ? (int)last.Step : 0;
        _epochs.Add(epoch with { StepLosses = _stepLosses.GetRange(start, (int)epoch.Step - start) });
    }

    internal void Add(ValidationRecord validation) => _validations.Add(validation);

    internal void Add(double stepLoss) => _stepLosses.Add(stepLoss);

    internal void Restore(IEnumerable<EpochRecord> epochs, IEnumerable<ValidationRecord> validations, IEnumerable<double> stepLosses)
    {
        _validations.Clear();
        _validations.AddRange(validations);
        _stepLosses.Clear();
        _stepLosses.AddRange(stepLosses);
        _epochs.Clear();
        foreach (var epoch in epochs)
            Add(epoch);
    }
}
