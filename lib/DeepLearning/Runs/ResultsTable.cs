using System.Globalization;
using DeepLearning.Charts;
using DeepLearning.Training;
using Microsoft.Data.Analysis;

namespace DeepLearning.Runs;

/// <summary>Builds tables and learning curves of runs.</summary>
internal static class ResultsTable
{
    /// <summary>Returns a table with a row for each epoch.</summary>
    public static DataFrame Of(IEnumerable<RunResult> runs) => Of(runs.SelectMany(run => run.Rows()));

    /// <summary>Returns a table with a column for each name; missing values are null.</summary>
    public static DataFrame Of(IEnumerable<IEnumerable<KeyValuePair<string, object?>>> content)
    {
        var rows = content.Select(row => row.ToDictionary()).ToList();
        List<string> names = [.. rows.SelectMany(row => row.Keys).Distinct()];
        return new DataFrame(names.Select(name => Column(name, rows.ConvertAll(row => row.GetValueOrDefault(name)))));
    }

    /// <summary>Draws the learning curves of the runs with completed epochs.</summary>
    /// <exception cref="InvalidOperationException">No run has a completed epoch.</exception>
    public static Figure LearningCurves(IEnumerable<RunResult> runs)
    {
        List<RunResult> drawn = [.. runs.Where(run => run.Epochs.Count > 0)];
        return drawn.Count > 0
            ? Chart.LearningCurves(Names(drawn).Zip(drawn, (name, run) => EpochCurves.Of(name, run.Epochs)))
            : throw new InvalidOperationException("There is nothing to draw yet: there are no completed epochs.");
    }

    /// <summary>Names runs by the settings in which they differ.</summary>
    private static string[] Names(List<RunResult> runs)
    {
        List<string> varying =
        [
            .. runs.SelectMany(run => run.Settings.Names).Distinct()
                .Where(name => runs.Select(run => Value(run, name)).Distinct().Count() > 1),
        ];
        string[] names =
        [
            .. runs.Select(run => varying.Count switch
            {
                0 => string.Create(CultureInfo.InvariantCulture, $"run {run.Number}"),
                1 => Value(run, varying[0]),
                _ => string.Join(", ", varying.Select(name => $"{name} {Value(run, name)}")),
            }),
        ];
        // the same settings were trained several times
        return names.Distinct().Count() == names.Length
            ? names
            : [.. names.Zip(runs, (name, run) => string.Create(CultureInfo.InvariantCulture, $"{name} (run {run.Number})"))];
    }

    private static string Value(RunResult run, string name) => run.Settings.Names.Contains(name) ? Run.Text(run.Settings[name]) : "";

    private static DataFrameColumn Column(string name, List<object?> values)
    {
        var types = values.Where(value => value is not null).Select(value => value!.GetType()).Distinct().ToList();
        return types switch
        {
            [] => new DoubleDataFrameColumn(name, values.Select(_ => (double?)null)),
            [var type] when type == typeof(int) => new Int32DataFrameColumn(name, values.Select(value => (int?)value)),
            [var type] when type == typeof(long) => new Int64DataFrameColumn(name, values.Select(value => (long?)value)),
            [var type] when type == typeof(float) => new SingleDataFrameColumn(name, values.Select(value => (float?)value)),
            [var type] when type == typeof(decimal) => new DecimalDataFrameColumn(name, values.Select(value => (decimal?)value)),
            [var type] when type == typeof(bool) => new BooleanDataFrameColumn(name, values.Select(value => (bool?)value)),
            _ when types.TrueForAll(IsNumber) => new DoubleDataFrameColumn(
                name, values.Select(value => value is null ? (double?)null : Convert.ToDouble(value, CultureInfo.InvariantCulture))),
            _ => new StringDataFrameColumn(name, values.Select(value => value is null ? null : Run.Text(value))),
        };
    }

    private static bool IsNumber(Type type) => type == typeof(decimal) || (type.IsPrimitive && type != typeof(bool) && type != typeof(char));
}
