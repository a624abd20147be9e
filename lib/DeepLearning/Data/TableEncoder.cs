using System.Globalization;
using Microsoft.Data.Analysis;

namespace DeepLearning.Data;

/// <summary>Converts the columns of a data frame to numbers.</summary>
internal sealed class TableEncoder(DataFrame frame, TableOptions options)
{
    private readonly HashSet<string> _missingTexts = [.. options.MissingTexts];
    private readonly Dictionary<string, IReadOnlyList<string>> _categories = [];

    /// <summary>Gets the categories of each text column.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Categories => _categories;

    /// <summary>Returns the rows to use: all rows, or those without missing values.</summary>
    public long[] Rows(IEnumerable<string> columns)
    {
        var rows = Enumerable.Range(0, checked((int)frame.Rows.Count)).Select(row => (long)row);
        if (options.Missing != MissingValues.DropRow)
            return [.. rows];
        DataFrameColumn[] checkedColumns = [.. columns.Select(name => frame[name])];
        return [.. rows.Where(row => checkedColumns.All(column => !IsMissing(column[row])))];
    }

    /// <summary>Returns the numeric columns for a column: one column, or one column per category.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="rows">The rows to use.</param>
    /// <param name="isTarget">Whether the column is a target, which must not have missing values.</param>
    public IEnumerable<(string Name, float[] Values)> Columns(string name, long[] rows, bool isTarget)
    {
        var column = frame[name];
        if (options.Categories == Data.Categories.Throw || !IsText(column, rows))
            return [(name, [.. rows.Select(row => Number(column, row, isTarget))])];
        var categories = _categories[name] = options.KnownCategories.TryGetValue(name, out var known) ? known : Found(column, rows);
        float[] codes = [.. rows.Select(row => Code(column, row, categories, isTarget))];
        return options.Categories == Data.Categories.Codes
            ? [(name, codes)]
            : categories.Select((category, number) => (
                $"{name}={category}", codes.Select(code => float.IsNaN(code) ? float.NaN : code == number ? 1f : 0f).ToArray()));
    }

    private bool IsText(DataFrameColumn column, long[] rows) => options.KnownCategories.ContainsKey(column.Name)
        || rows.Any(row => column[row] is string text && !IsMissing(text) && !IsNumber(text, out _));

    private string[] Found(DataFrameColumn column, long[] rows) =>
        [.. rows.Select(row => column[row]).Where(value => !IsMissing(value)).Select(Text).Distinct().Order(StringComparer.Ordinal)];

    private float Code(DataFrameColumn column, long row, IReadOnlyList<string> categories, bool isTarget)
    {
        if (IsMissing(column[row]))
            return Missing(column, row, isTarget);
        var text = Text(column[row]);
        for (var number = 0; number < categories.Count; number++)
        {
            if (categories[number] == text)
                return number;
        }
        throw new FormatException($"Row {row} (from 0), column '{column.Name}': '{text}' is not one of the categories {string.Join(", ", categories)}.");
    }

    private float Number(DataFrameColumn column, long row, bool isTarget) => column[row] switch
    {
        var value when IsMissing(value) => Missing(column, row, isTarget),
        // a column with a single text is a text column, but its numbers are still numbers
        string text when IsNumber(text, out var number) => number,
        string text => throw new FormatException($"Row {row} (from 0), column '{column.Name}': '{text}' is not a number."),
        DateTime => throw new FormatException($"Column '{column.Name}' contains dates: convert them to numbers first, or ignore the column."),
        var value => Convert.ToSingle(value, CultureInfo.InvariantCulture),
    };

    private float Missing(DataFrameColumn column, long row, bool isTarget) => options.Missing == MissingValues.Keep && !isTarget
        ? float.NaN
        : throw new FormatException(
            $"Row {row} (from 0) has no value in column '{column.Name}': fill it in or drop the row "
            + $"({nameof(MissingValues)}.{nameof(MissingValues.DropRow)}).");

    private bool IsMissing(object? value) =>
        value is null or "" or double.NaN or float.NaN || (value is string text && _missingTexts.Contains(text));

    private bool IsNumber(string text, out float number) => float.TryParse(text, NumberStyles.Float, options.Csv.Culture, out number);

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
