using System.Text;

namespace DeepLearning.Models;

/// <summary>Writes a summary as aligned text.</summary>
internal static class SummaryText
{
    /// <summary>The columns of a summary.</summary>
    public static IReadOnlyList<string> Headings { get; } = ["Layer", "Output shape", "Parameters", "Trainable", "MACs"];

    /// <summary>The cells of a row, but for the name and type of its layer.</summary>
    public static string[] Cells(SummaryRow row) =>
        [row.OutputShape, row is { Parameters: 0, IsShared: true } ? "shared" : Number(row.Parameters), row.Trainable, Number(row.Macs)];

    /// <summary>What stands below the rows, a line each.</summary>
    public static IReadOnlyList<(string Name, string Value)> Totals(Summary summary) =>
    [
        ("Parameters", $"{summary.Parameters:N0}"),
        ("Trainable parameters", $"{summary.TrainableParameters:N0}"),
        ("Non-trainable parameters", $"{summary.Parameters - summary.TrainableParameters:N0}"),
        ("MACs", $"{summary.Macs:N0}"),
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

    private static string Number(long value) => value == 0 ? "" : $"{value:N0}";

    private static string Size(double megabytes) => $"{megabytes:F2} MB";
}
