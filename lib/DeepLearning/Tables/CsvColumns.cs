using System.Globalization;
using Microsoft.Data.Analysis;

namespace DeepLearning.Tables;

/// <summary>Converts the fields of a CSV file to columns.</summary>
internal static class CsvColumns
{
    private static readonly string[] _dates =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];

    /// <summary>The types, in the order in which they are tried for a column without a given type.</summary>
    private static readonly Dictionary<Type, Func<string, List<CsvField>, CultureInfo, DataFrameColumn>> _types = new()
    {
        [typeof(bool)] = (name, fields, _) => new BooleanDataFrameColumn(name, Values<bool>(fields, bool.TryParse)),
        [typeof(int)] = (name, fields, culture) => new Int32DataFrameColumn(name, Values<int>(fields, Numbers<int>(NumberStyles.AllowLeadingSign, culture))),
        [typeof(long)] = (name, fields, culture) => new Int64DataFrameColumn(name, Values<long>(fields, Numbers<long>(NumberStyles.AllowLeadingSign, culture))),
        // without thousands separators: "0,85" must not be read as 85
        [typeof(float)] = (name, fields, culture) => new SingleDataFrameColumn(name, Values<float>(fields, Numbers<float>(NumberStyles.Float, culture))),
        [typeof(double)] = (name, fields, culture) => new DoubleDataFrameColumn(name, Values<double>(fields, Numbers<double>(NumberStyles.Float, culture))),
        [typeof(DateTime)] = (name, fields, _) => new DateTimeDataFrameColumn(name, Values<DateTime>(fields, Date)),
        [typeof(string)] = (name, fields, _) => new StringDataFrameColumn(name, fields.Select(field => field.Text)),
    };

    private delegate bool Parse<T>(string text, out T value);

    public static DataFrameColumn Of(string name, List<CsvField> fields, CsvOptions options)
    {
        if (options.Types.TryGetValue(name, out var type))
        {
            return _types.TryGetValue(type, out var create)
                ? create(name, fields, options.Culture)
                : throw new NotSupportedException(
                    $"Column '{name}': the type {type.Name} is not supported; "
                    + $"the types are {string.Join(", ", _types.Keys.Select(known => known.Name))}.");
        }
        if (fields.TrueForAll(field => field.Text.Length == 0))
            return _types[typeof(string)](name, fields, options.Culture);
        foreach (var guess in new[] { typeof(bool), typeof(long), typeof(double), typeof(DateTime) })
        {
            if (fields.TrueForAll(field => field.Text.Length == 0 || Fits(field.Text, guess, options.Culture)))
                return _types[guess](name, fields, options.Culture);
        }
        return _types[typeof(string)](name, fields, options.Culture);
    }

    private static bool Fits(string text, Type type, CultureInfo culture) => type switch
    {
        _ when type == typeof(bool) => bool.TryParse(text, out _),
        _ when type == typeof(long) => Numbers<long>(NumberStyles.AllowLeadingSign, culture)(text, out _),
        _ when type == typeof(double) => Numbers<double>(NumberStyles.Float, culture)(text, out _),
        _ => Date(text, out _),
    };

    private static Parse<T> Numbers<T>(NumberStyles styles, CultureInfo culture)
        where T : System.Numerics.INumberBase<T> =>
        (string text, out T value) => T.TryParse(text, styles, culture, out value!);

    private static bool Date(string text, out DateTime value) =>
        DateTime.TryParseExact(text, _dates, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out value);

    private static IEnumerable<T?> Values<T>(List<CsvField> fields, Parse<T> parse)
        where T : struct
    {
        foreach (var (text, line, column) in fields)
        {
            if (text.Length == 0)
                yield return null;
            else if (parse(text, out var value))
                yield return value;
            else
                throw new FormatException($"Line {line}, column '{column}': '{text}' is not a {typeof(T).Name}.");
        }
    }
}

/// <summary>A field of a CSV file.</summary>
/// <param name="Text">The text of the field, without quotes.</param>
/// <param name="Line">The last line of the record in the file, from 1.</param>
/// <param name="Column">The name of the column.</param>
internal readonly record struct CsvField(string Text, long Line, string Column);
