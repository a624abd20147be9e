using System.Globalization;
using DeepLearning.Charts;
using Microsoft.Data.Analysis;

namespace DeepLearning.Runs;

/// <summary>Epochs, and other rows of names and values, as a DataFrame; epochs as curves.</summary>
internal static class ResultsTable
{
    public static DataFrame Of(IReadOnlyList<EpochResult> epochs) => Of(epochs.Select(epoch => epoch.Columns()));

    /// <summary>A column for each name there is; empty where a row lacks it.</summary>
    public static DataFrame Of(IEnumerable<IEnumerable<KeyValuePair<string, object?>>> content)
    {
        var rows = content.Select(row => row.ToList()).ToList();
        List<string> names = [.. rows.SelectMany(row => row).Select(entry => entry.Key).Distinct()];
        return new DataFrame(names.Select(name => Column(name, [.. rows.Select(row => row.Find(entry => entry.Key == name).Value)])));
    }

    public static IEnumerable<LearningCurve> Curves(IReadOnlyList<EpochResult> epochs)
    {
        var runs = epochs.GroupBy(epoch => epoch.Run).Select(run => run.ToList()).ToList();
        var names = Names([.. runs.Select(run => run[0])]);
        return runs.Select((run, index) => new LearningCurve(
            names[index],
            [.. run.Select(epoch => epoch.Loss)],
            [.. run.Select(epoch => epoch.TestLoss ?? double.NaN)],
            [.. run.Select(epoch => epoch.Accuracy)],
            [.. run.Select(epoch => epoch.TestAccuracy ?? double.NaN)],
            [.. run.SelectMany(epoch => epoch.BatchLosses)]));
    }

    /// <summary>Runs are called by the settings in which they differ.</summary>
    private static string[] Names(IReadOnlyList<EpochResult> runs)
    {
        List<string> varying =
        [
            .. runs.SelectMany(run => run.Settings.Names).Distinct()
                .Where(name => runs.Select(run => Value(run, name)).Distinct().Count() > 1),
        ];
        return
        [
            .. runs.Select(run => varying.Count switch
            {
                0 => $"run {run.Run}",
                1 => Value(run, varying[0]),
                _ => string.Join(", ", varying.Select(name => $"{name} {Value(run, name)}")),
            }),
        ];
    }

    private static string Value(EpochResult run, string name) =>
        run.Settings.Names.Contains(name) ? Convert.ToString(run.Settings[name], CultureInfo.InvariantCulture) ?? "" : "";

    private static DataFrameColumn Column(string name, List<object?> values)
    {
        var types = values.Where(value => value is not null).Select(value => value!.GetType()).Distinct().ToList();
        return types switch
        {
            [var type] when type == typeof(int) => new Int32DataFrameColumn(name, values.Select(value => (int?)value)),
            [var type] when type == typeof(long) => new Int64DataFrameColumn(name, values.Select(value => (long?)value)),
            [var type] when type == typeof(float) => new SingleDataFrameColumn(name, values.Select(value => (float?)value)),
            [var type] when type == typeof(double) => new DoubleDataFrameColumn(name, values.Select(value => (double?)value)),
            [var type] when type == typeof(bool) => new BooleanDataFrameColumn(name, values.Select(value => (bool?)value)),
            [] => new DoubleDataFrameColumn(name, values.Select(_ => (double?)null)),
            _ => new StringDataFrameColumn(name, values.Select(value => value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture))),
        };
    }
}
