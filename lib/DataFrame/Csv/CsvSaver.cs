using System.Globalization;
using CsvHelper;

namespace Microsoft.Data.Analysis;

internal static class CsvSaver
{
    internal static void Save(DataFrame frame, TextWriter text, char separator, bool header, CultureInfo culture)
    {
        if (culture.NumberFormat.NumberDecimalSeparator == separator.ToString())
            throw new ArgumentException($"'{separator}' separates the decimals in culture '{culture.Name}': it cannot separate the fields.", nameof(separator));
        if (frame.Columns.Count == 0)
            return;

        var options = new CsvWriterOptions { Separator = separator, NewLine = "\n", Quoting = CsvQuoting.WhenNeededOrWhitespace };
        using var writer = CsvWriter.Create(text, options, leaveOpen: true);
        if (header)
            writer.WriteRecord([.. frame.Columns.Select(column => column.Name)]);
        foreach (var row in frame.Rows)
            writer.WriteRecord([.. row.Select(value => Text(value, culture))]);
    }

    // "R" for floats and "O" for dates: what is read back is what was written
    private static string? Text(object? value, CultureInfo culture) => value switch
    {
        float or double => ((IFormattable)value).ToString("R", culture),
        DateTime date => date.ToString("O", culture),
        IFormattable formattable => formattable.ToString(null, culture),
        _ => value?.ToString(),
    };
}
