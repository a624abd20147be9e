using System.Globalization;
using System.Text;

namespace DeepLearning.Models;

/// <summary>Writes a summary as aligned text.</summary>
internal static class SummaryText
{
    /// <summary>Gets the headings of the columns.</summary>
    public static IReadOnlyList<string> Headings { get; } = ["Layer", "Output shape", "Parameters", "Trainable", "MACs"];

    /// <summary>Returns the cells of a row, without the name and the type of its layer.</summary>
    public static string[] Cells(SummaryRow row) =>
        [row.OutputShape, row is { Parameters: 0, IsShared: true } ? "shared" : Number(row.Parameters), row.Trainable, Number(row.Macs)];

    /// <summary>Returns the lines below the rows: totals and memory.</summary>
    public static IReadOnlyList<(string Name, string Value)> Totals(Summary summary) =>
    [
        ("Parameters", Count(summary.Parameters)),
        ("Trainable parameters", Count(summary.TrainableParameters)),
        ("Non-trainable parameters", Count(summary.Parameters - summary.TrainableParameters)),
        ("MACs", Count(summary.Macs)),
        ("Input size", Size(summary.InputMB)),
        ("Forward/backward pass size", Size(summary.ForwardBackwardMB)),
        ("Parameters size", Size(summary.ParametersMB)),
        ("Estimated total size", Size(summary.TotalMB)),
    ];

    public static string Of(Summary summary)
    {
        List<string[]> lines = [[.. Headings], .. summary.Rows.Select(row => (string[])[Layer(row), .. Cells(row)])];
        var widths = Enumerable.Range(0, Headings.Count).Select(column => lines.Max(line => line[column].Length)).ToList();
        var rule = new string('─', widths.Sum() + (2 * (widths.Count - 1)));
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.Append(string.Join("  ", line.Select((cell, i) => i is 2 or 4 ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
            text.Append('\n');
            if (ReferenceEquals(line, lines[0]))
                text.Append(rule).Append('\n');
        }
        text.Append(rule).Append('\n');
        var totals = Totals(summary);
        var name = totals.Max(total => total.Name.Length);
        var value = totals.Max(total => total.Value.Length);
        foreach (var total in totals)
            text.Append(total.Name.PadRight(name)).Append("  ").Append(total.Value.PadLeft(value)).Append('\n');
        return text.ToString();
    }

    private static string Layer(SummaryRow row) =>
        new string(' ', 2 * row.Depth) + (row.Name.Length == 0 ? row.Type : $"{row.ShortName} ({row.Type})");

    private static string Number(long value) => value == 0 ? "" : Count(value);

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Size(double megabytes) => string.Create(CultureInfo.InvariantCulture, $"{megabytes:F2} MB");
}
