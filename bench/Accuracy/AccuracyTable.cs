using System.Globalization;
using Bench.Measurement;

namespace Bench.Accuracy;

/// <summary>Writes the results as a table.</summary>
internal static class AccuracyTable
{
    private static readonly string[] _headings = ["", "ours, %", "PyTorch, %", "difference, points"];

    public static void Write(AccuracyOptions options, IReadOnlyList<AccuracyRow> rows, TextWriter writer)
    {
        writer.WriteLine();
        writer.WriteLine($"accuracy: on the test sets after the last epoch, mean and standard deviation over the seeds {string.Join(", ", options.Seeds)}."
            + (options.Batches is { } batches ? $" Limited to {batches} batches per epoch." : ""));
        if (PyTorchSide.IsMissing)
            writer.WriteLine("PyTorch is not measured: there is no python3 with torch (Debian package: python3-torch).");
        List<string[]> lines = [_headings, .. rows.Select(row => new[] { row.Setup, Mean(row.Ours), Mean(row.PyTorch), Signed(row.Difference) })];
        var widths = Enumerable.Range(0, _headings.Length).Select(column => lines.Max(line => line[column].Length)).ToList();
        foreach (var line in lines)
        {
            var cells = line.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            writer.WriteLine("  " + string.Join("  ", cells).TrimEnd());
        }
    }

    private static string Mean(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
            return "";
        var mean = values.Average();
        var text = (100 * mean).ToString("0.00", CultureInfo.InvariantCulture);
        if (values.Count == 1)
            return text;
        var spread = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
        return text + string.Create(CultureInfo.InvariantCulture, $" ± {100 * spread:0.00}");
    }

    private static string Signed(double? points) => points?.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture) ?? "";
}
