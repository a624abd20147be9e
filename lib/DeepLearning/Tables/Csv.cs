using System.Globalization;
using CsvHelper;
using DeepLearning.Files;
using Microsoft.Data.Analysis;

namespace DeepLearning.Tables;

/// <summary>
/// Reads and writes tables as CSV files. Numbers have decimal points in every culture: <c>DataFrame.LoadCsv</c> and <c>SaveCsv</c> use the current
/// culture, and read 1.5 as 15 if the decimal separator is a comma.
/// </summary>
public static class Csv
{
    /// <summary>Reads a CSV file.</summary>
    /// <param name="path">The path of the file, in UTF-8 or with a byte order mark.</param>
    /// <param name="options">The format of the file; commas, decimal points and a header by default.</param>
    /// <returns>A data frame with a column for each field of a line. Empty fields are null, or empty strings in string columns.</returns>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="FormatException">
    /// The file is empty, or a line has too many or too few fields, or a value does not have the type of its column.
    /// </exception>
    public static DataFrame Load(string path, CsvOptions? options = null)
    {
        using var stream = File.OpenRead(path);
        try
        {
            return Load(stream, options);
        }
        catch (FormatException error)
        {
            throw new FormatException($"{path}: {error.Message}", error);
        }
    }

    /// <inheritdoc cref="Load(string, CsvOptions)" path="/summary|/returns|/exception[contains(@cref, 'FormatException')]"/>
    /// <param name="stream">The content of the file, from the stream's current position. The stream is left open.</param>
    /// <param name="options">The format of the file; commas, decimal points and a header by default.</param>
    public static DataFrame Load(Stream stream, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var reader = new StreamReader(stream, leaveOpen: true);
        return Read(reader, options ?? new CsvOptions());
    }

    /// <inheritdoc cref="Load(string, CsvOptions)" path="/summary|/returns|/exception[contains(@cref, 'FormatException')]"/>
    /// <param name="text">The content of the file.</param>
    /// <param name="options">The format of the file; commas, decimal points and a header by default.</param>
    public static DataFrame Parse(string text, CsvOptions? options = null)
    {
        using var reader = new StringReader(text);
        return Read(reader, options ?? new CsvOptions());
    }

    /// <summary>Writes a table as a CSV file in UTF-8. An existing file is replaced after all bytes are written.</summary>
    /// <param name="frame">The table. Nulls become empty fields; floating-point numbers have enough digits to round-trip.</param>
    /// <param name="path">The path of the file.</param>
    /// <param name="options">The format of the file; commas, decimal points and a header by default.</param>
    /// <exception cref="ArgumentException">The decimal separator of the culture equals the field separator.</exception>
    public static void Save(DataFrame frame, string path, CsvOptions? options = null) =>
        AtomicFile.Write(path, stream => Save(frame, stream, options));

    /// <inheritdoc cref="Save(DataFrame, string, CsvOptions)"/>
    /// <param name="frame">The table.</param>
    /// <param name="stream">The output stream, which is left open.</param>
    /// <param name="options">The format of the file; commas, decimal points and a header by default.</param>
    public static void Save(DataFrame frame, Stream stream, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(frame);
        options ??= new CsvOptions();
        if (options.Culture.NumberFormat.NumberDecimalSeparator == options.Separator.ToString())
        {
            throw new ArgumentException(
                $"'{options.Separator}' is the decimal separator of the culture '{options.Culture.Name}', so it cannot be the field separator.", nameof(options));
        }
        if (frame.Columns.Count == 0)
            return;
        using var text = new StreamWriter(stream, leaveOpen: true);
        var format = new CsvWriterOptions { Separator = options.Separator, NewLine = "\n", Quoting = CsvQuoting.WhenNeededOrWhitespace };
        using var writer = CsvWriter.Create(text, format, leaveOpen: true);
        if (options.HasHeader)
            writer.WriteRecord([.. frame.Columns.Select(column => column.Name)]);
        for (var row = 0L; row < frame.Rows.Count; row++)
            writer.WriteRecord([.. frame.Columns.Select(column => Text(column[row], options.Culture))]);
    }

    private static DataFrame Read(TextReader reader, CsvOptions options)
    {
        var format = new CsvReaderOptions
        {
            Separator = options.Separator,
            HasHeader = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            OnMalformedRecord = record => throw new FormatException($"Line {record.LineNumber}: {Describe(record.Reason)}."),
        };
        using var parser = CsvReader.Create(reader, format, leaveOpen: true);
        var rows = new List<(string[] Fields, long Line)>();
        while (parser.Read())
        {
            var fields = parser.Current.ToArray();
            if (rows.Count > 0 && fields.Length != rows[0].Fields.Length)
                throw new FormatException($"Line {parser.LineNumber}: the record has {fields.Length} fields, but the first record has {rows[0].Fields.Length}.");
            rows.Add((fields, parser.LineNumber));
        }
        if (rows.Count == 0)
            throw new FormatException("The CSV file is empty.");
        string[] names = [.. rows[0].Fields.Select((field, i) => options.HasHeader && field.Length > 0 ? field : $"Column{i}")];
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } repeated)
            throw new FormatException($"Line 1: two columns are named '{repeated.Key}'.");
        if (options.HasHeader)
            rows.RemoveAt(0);
        return new DataFrame(names.Select(
            (name, i) => CsvColumns.Of(name, rows.ConvertAll(row => new CsvField(row.Fields[i], row.Line, name)), options)));
    }

    private static string Describe(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.StrayQuote => "an unquoted field contains a quote",
        CsvMalformedReason.TextAfterClosingQuote => "text follows the closing quote of a field",
        CsvMalformedReason.UnterminatedQuote => "a quoted field is not closed",
        _ => $"the CSV is malformed ({reason})",
    };

    private static string? Text(object? value, CultureInfo culture) => value switch
    {
        float or double => ((IFormattable)value).ToString("R", culture),
        DateTime date => date.ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, culture),
        _ => value?.ToString(),
    };
}
