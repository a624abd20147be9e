using System.Globalization;

namespace Microsoft.Data.Analysis;

/// <summary>The types that csv fields can be read as.</summary>
internal static class CsvTypes
{
    private delegate bool Parse(string text, CultureInfo culture, out object? value);

    // no thousands separators: "0,85" must not be read as 85
    private static readonly Dictionary<Type, (Func<string, DataFrameColumn> Create, Parse Parse)> _types = new()
    {
        [typeof(bool)] = (name => new BooleanDataFrameColumn(name), ParseBool),
        [typeof(byte)] = (name => new ByteDataFrameColumn(name), ParseNumber<byte>),
        [typeof(sbyte)] = (name => new SByteDataFrameColumn(name), ParseNumber<sbyte>),
        [typeof(short)] = (name => new Int16DataFrameColumn(name), ParseNumber<short>),
        [typeof(ushort)] = (name => new UInt16DataFrameColumn(name), ParseNumber<ushort>),
        [typeof(int)] = (name => new Int32DataFrameColumn(name), ParseNumber<int>),
        [typeof(uint)] = (name => new UInt32DataFrameColumn(name), ParseNumber<uint>),
        [typeof(long)] = (name => new Int64DataFrameColumn(name), ParseNumber<long>),
        [typeof(ulong)] = (name => new UInt64DataFrameColumn(name), ParseNumber<ulong>),
        [typeof(float)] = (name => new SingleDataFrameColumn(name), ParseNumber<float>),
        [typeof(double)] = (name => new DoubleDataFrameColumn(name), ParseNumber<double>),
        [typeof(decimal)] = (name => new DecimalDataFrameColumn(name), ParseNumber<decimal>),
        [typeof(char)] = (name => new CharDataFrameColumn(name), ParseChar),
        [typeof(DateTime)] = (name => new DateTimeDataFrameColumn(name), ParseDate),
        [typeof(string)] = (name => new StringDataFrameColumn(name), ParseText),
    };

    internal static DataFrameColumn NewColumn(Type type, string name) =>
        _types.TryGetValue(type, out var known) ? known.Create(name) : throw new NotSupportedException($"Csv is not read as {type}.");

    internal static bool TryParse(string text, Type type, CultureInfo culture, out object? value)
    {
        value = null;
        return IsNull(text) && type != typeof(string) || _types[type].Parse(text, culture, out value);
    }

    /// <summary>The first of bool, float and date that reads every field that is not empty; string when none does.</summary>
    internal static Type Guess(IEnumerable<string> fields, CultureInfo culture)
    {
        var values = fields.Where(field => !IsNull(field)).ToList();
        Type[] candidates = values.Count == 0 ? [] : [typeof(bool), typeof(float), typeof(DateTime)];
        return Array.Find(candidates, type => values.All(value => TryParse(value, type, culture, out _))) ?? typeof(string);
    }

    private static bool IsNull(string text) => text.Length == 0 || text.Equals("null", StringComparison.OrdinalIgnoreCase);

    private static bool ParseBool(string text, CultureInfo culture, out object? value)
    {
        var parsed = bool.TryParse(text, out var typed);
        value = typed;
        return parsed;
    }

    private static bool ParseNumber<T>(string text, CultureInfo culture, out object? value)
        where T : System.Numerics.INumberBase<T>
    {
        var parsed = T.TryParse(text, NumberStyles.Float, culture, out var typed);
        value = typed;
        return parsed;
    }

    private static bool ParseChar(string text, CultureInfo culture, out object? value)
    {
        value = text[0];
        return text.Length == 1;
    }

    private static bool ParseDate(string text, CultureInfo culture, out object? value)
    {
        var parsed = DateTime.TryParse(text, culture, DateTimeStyles.RoundtripKind, out var typed);
        value = typed;
        return parsed;
    }

    private static bool ParseText(string text, CultureInfo culture, out object? value)
    {
        value = text.Length > 0 && IsNull(text) ? null : text;
        return true;
    }
}
