using System.Globalization;
using CsvHelper;

namespace Microsoft.Data.Analysis;

internal sealed class CsvLoader(
    char separator,
    bool header,
    string[]? columnNames,
    Type[]? dataTypes,
    long maxRows,
    int guessRows,
    bool renameDuplicates,
    CultureInfo? culture)
{
    private readonly CultureInfo _culture = culture ?? CultureInfo.InvariantCulture;

    internal DataFrame Load(TextReader text, bool addIndexColumn)
    {
        if (dataTypes is null && guessRows <= 0)
            throw new ArgumentException("Give the types, or rows to guess them from.");

        using var reader = CsvReader.Create(
            text,
            new CsvReaderOptions
            {
                Separator = separator,
                HasHeader = false,
                TrimWhitespace = true,
                TrackLineNumbers = true,
                OnMalformedRecord = record => throw new FormatException($"Line {record.LineNumber}: {Describe(record.Reason)}."),
            },
            leaveOpen: true);
        var records = Records(reader).GetEnumerator();
        if (!records.MoveNext())
            throw new FormatException("The csv is empty.");

        var names = Names(records.Current.Fields);
        var rows = header ? [] : new List<CsvRecord> { records.Current };
        while (maxRows < 0 || rows.Count < maxRows)
        {
            if (!records.MoveNext())
                break;
            rows.Add(records.Current);
        }

        if (maxRows == 0)
            rows.Clear();
        var frame = new DataFrame(names.Select((name, i) => Column(name, i, rows)));
        if (addIndexColumn)
            frame.Columns.Insert(0, new Int32DataFrameColumn("IndexColumn", Enumerable.Range(0, rows.Count)));
        return frame;
    }

    private static IEnumerable<CsvRecord> Records(CsvReader reader)
    {
        var width = 0;
        while (reader.Read())
        {
            if (width == 0)
                width = reader.FieldCount;
            if (reader.FieldCount != width)
                throw new FormatException($"Line {reader.LineNumber}: {reader.FieldCount} fields, where the first record has {width}.");
            yield return new CsvRecord(reader.LineNumber, reader.Current.ToArray());
        }
    }

    private static string Describe(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.StrayQuote => "a quote inside a field that is not quoted",
        CsvMalformedReason.TextAfterClosingQuote => "text after the closing quote of a field",
        CsvMalformedReason.UnterminatedQuote => "a quote that is never closed",
        _ => $"malformed csv ({reason})",
    };

    private string[] Names(string[] first)
    {
        if (columnNames is not null && columnNames.Length != first.Length)
            throw new ArgumentException($"{columnNames.Length} names for {first.Length} columns.");
        if (dataTypes is not null && dataTypes.Length != first.Length)
            throw new ArgumentException($"{dataTypes.Length} types for {first.Length} columns.");

        var given = columnNames ?? (header ? first : new string[first.Length]);
        var names = given.Select((name, i) => string.IsNullOrEmpty(name) ? $"Column{i}" : name).ToArray();
        return renameDuplicates ? Numbered(names) : names;
    }

    private static string[] Numbered(string[] names)
    {
        var taken = new HashSet<string>();
        return [.. names.Select(name =>
        {
            var unique = name;
            for (var i = 1; !taken.Add(unique); i++)
                unique = $"{name}.{i}";
            return unique;
        })];
    }

    private DataFrameColumn Column(string name, int index, List<CsvRecord> rows)
    {
        var type = dataTypes is null
            ? CsvTypes.Guess(rows.Take(guessRows).Select(row => row.Fields[index]), _culture)
            : dataTypes[index];
        var column = CsvTypes.NewColumn(type, name);
        foreach (var row in rows)
        {
            if (!CsvTypes.TryParse(row.Fields[index], type, _culture, out var value))
                throw new FormatException($"Line {row.Line}, column '{name}': '{row.Fields[index]}' is not a {type.Name}.");
            column.AppendValue(value);
        }

        return column;
    }
}
