using System.Globalization;
using DeepLearning.Display;
using DeepLearning.Training;

namespace DeepLearning.Runs;

/// <summary>A run and its epochs.</summary>
/// <param name="Number">The number of the run, from 1.</param>
/// <param name="Settings">The settings of the run.</param>
/// <param name="Epochs">The completed epochs.</param>
public record RunResult(int Number, Run Settings, IReadOnlyList<EpochRecord> Epochs)
{
    /// <summary>Gets the last completed epoch; null if there is none.</summary>
    public EpochRecord? Last => Epochs.Count > 0 ? Epochs[^1] : null;

    /// <summary>Gets the total duration of the epochs, including validation.</summary>
    public TimeSpan Duration => Epochs.Aggregate(TimeSpan.Zero, (sum, epoch) => sum + epoch.Duration);

    /// <summary>Returns the run as text: "Run(lr=0.01): 5 epochs, 12.3 s · loss 0.4312, accuracy 0.8421; validation loss …".</summary>
    public override string ToString() => Text(state: null);

    private protected string Text(string? state) =>
        string.Create(CultureInfo.InvariantCulture, $"{Settings}: {(state is null ? "" : $"{state} after ")}{Quantity.Text(Epochs.Count, "epoch")}, {Duration.TotalSeconds:0.0} s")
        + (Last is null ? "" : $" · {Last.Text()}");

    /// <summary>Returns the scores of the last epoch by their column names; names of validation scores start with "validation ".</summary>
    internal IEnumerable<KeyValuePair<string, double>> LastScores() => Last is not { } last
        ? []
        : last.Training.Names.Select(name => KeyValuePair.Create(name, last.Training[name]))
            .Concat(last.Validation?.Names.Select(name => KeyValuePair.Create(ResultsColumns.Validation(name), last.Validation[name])) ?? []);

    /// <summary>Returns the rows of the results table: the names and values of the columns, in the order of the tutorial.</summary>
    internal IEnumerable<IEnumerable<KeyValuePair<string, object?>>> Rows()
    {
        var duration = TimeSpan.Zero;
        foreach (var epoch in Epochs)
        {
            duration += epoch.Duration;
            yield return Row(epoch, duration);
        }
    }

    private IEnumerable<KeyValuePair<string, object?>> Row(EpochRecord epoch, TimeSpan duration) =>
    [
        new(ResultsColumns.Run, Number),
        new(ResultsColumns.Epoch, epoch.Epoch),
        .. epoch.Training.Names.Select(name => KeyValuePair.Create(name, (object?)epoch.Training[name])),
        .. epoch.Training.Names.Select(name => KeyValuePair.Create(ResultsColumns.Validation(name), (object?)epoch.Validation?[name])),
        new(ResultsColumns.EpochDuration, epoch.Duration.TotalSeconds),
        new(ResultsColumns.RunDuration, duration.TotalSeconds),
        .. Settings.Settings(),
    ];
}
