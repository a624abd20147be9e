using System.Globalization;
using Microsoft.Data.Analysis;

namespace DeepLearning.Charts;

public static partial class Chart
{
    // beyond this ratio, values of a setting are equally spaced; otherwise 0.01 and 0.001 would coincide next to 0.1
    private const double WidestSpread = 20;
    private const int MostNames = 12;
    private const int FewValues = 6;

    /// <summary>
    /// Draws each row of a table as a line through its settings and results, which shows what the best runs have in common. Rows without a value in
    /// the color column are skipped. The values of a setting with up to six values are equally spaced.
    /// </summary>
    /// <param name="table">A table with a row for each run.</param>
    /// <param name="colorBy">The column that determines the colors of the lines; it becomes the last axis.</param>
    /// <param name="columns">The columns that become axes, from left to right.</param>
    /// <exception cref="ArgumentException">
    /// A column does not exist, no columns are given, or no row has a number in <paramref name="colorBy"/>.
    /// </exception>
    public static Figure ParallelCoordinates(DataFrame table, string colorBy, params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(columns);
        var metric = Column(table, colorBy);
        var rows = RowsWith(metric);
        var dimensions = columns.Where(name => name != colorBy).Select(name => Dimension(Column(table, name), rows, isSetting: true, mostNamed: FewValues)).ToList();
        dimensions.Add(Dimension(metric, rows, isSetting: false));
        return new Figure(
            [new ParallelCoordinates("runs", dimensions, dimensions.Count - 1)], new Layout($"Runs by {colorBy}", [new Panel()]) { PanelHeight = 360 });
    }

    /// <summary>Draws a result against a setting, with a point for each run and a line through the means.</summary>
    /// <param name="table">A table with a row for each run; rows without a result are skipped.</param>
    /// <param name="setting">The column of the setting: numbers, strings or booleans.</param>
    /// <param name="metric">The column of the result.</param>
    /// <exception cref="ArgumentException">A column does not exist, or no row has a number in <paramref name="metric"/>.</exception>
    public static Figure SettingAgainstMetric(DataFrame table, string setting, string metric)
    {
        ArgumentNullException.ThrowIfNull(table);
        var results = Column(table, metric);
        var rows = RowsWith(results);
        var settings = Dimension(Column(table, setting), rows, isSetting: true);
        double[] y = [.. rows.Select(row => Number(results[row]))];
        var means = settings.Values.Zip(y).GroupBy(point => point.First).OrderBy(group => group.Key).ToList();
        return Line(
            $"{metric} by {setting}",
            new Axis(setting) { Labels = settings.Labels, Format = settings.Values.All(double.IsInteger) ? AxisFormat.Whole : AxisFormat.Number },
            new Axis(metric),
            new Scatter("run", settings.Values, y) { Mode = ScatterMode.Markers },
            new Scatter("mean", [.. means.Select(group => group.Key)], [.. means.Select(group => group.Average(point => point.Second))])
            {
                Mode = ScatterMode.LinesAndMarkers,
            });
    }

    private static DataFrameColumn Column(DataFrame table, string name) => table.Columns.FirstOrDefault(column => column.Name == name)
        ?? throw new ArgumentException($"There is no column '{name}'; the columns are {string.Join(", ", table.Columns.Select(column => column.Name))}.");

    private static List<long> RowsWith(DataFrameColumn metric)
    {
        List<long> rows = [];
        for (var row = 0L; row < metric.Length; row++)
        {
            if (double.IsFinite(Number(metric[row])))
                rows.Add(row);
        }
        return rows.Count > 0 ? rows : throw new ArgumentException($"No row has a number in the column '{metric.Name}'.");
    }

    // settings are labeled as categories if there are few distinct values or the values are spread widely
    private static Dimension Dimension(DataFrameColumn column, List<long> rows, bool isSetting, int mostNamed = 0)
    {
        var numbers = rows.ConvertAll(row => Number(column[row]));
        var distinct = numbers.Distinct().Order().ToList();
        if (distinct.TrueForAll(double.IsFinite) && !(isSetting && (distinct.Count <= mostNamed || IsSpread(distinct))))
            return new Dimension(column.Name, numbers);
        var texts = rows.ConvertAll(row => Convert.ToString(column[row], CultureInfo.InvariantCulture) ?? "");
        List<string> names = [.. texts.Distinct()];
        if (names.TrueForAll(text => Parsed(text) is not null))
            names = [.. names.OrderBy(Parsed)];
        else
            names.Sort(StringComparer.Ordinal);
        return new Dimension(column.Name, texts.ConvertAll(text => (double)names.IndexOf(text))) { Labels = names };
    }

    private static double? Parsed(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsSpread(List<double> distinct) =>
        distinct.Count is > 1 and <= MostNames && distinct[0] > 0 && distinct[^1] / distinct[0] >= WidestSpread;

    private static double Number(object? value) => value switch
    {
        null or string or bool or DateTime or char => double.NaN,
        IConvertible number => number.ToDouble(CultureInfo.InvariantCulture),
        _ => double.NaN,
    };
}
