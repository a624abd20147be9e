using System.Globalization;

namespace Bench.Measurement;

/// <summary>Writes the results as a table.</summary>
internal static class ComparisonTable
{
    private static readonly string[] _headings = ["", "ours", "PyTorch", "ratio", "PyTorch's best"];

    public static void Write(Suite suite, IReadOnlyList<Row> rows, TextWriter writer)
    {
        writer.WriteLine();
        writer.WriteLine($"{suite.Name}: {suite.Unit}. This library with default settings; {Environment.ProcessorCount} cores.");
        if (PyTorchSide.IsMissing)
            writer.WriteLine("PyTorch is not measured: there is no python3 with torch (Debian package: python3-torch).");
        List<string[]> lines = [_headings, .. rows.Select(Cells)];
        if (rows.All(row => row.Ratio is not null))
            lines.Add(MeanCells(rows));
        var shown = Enumerable.Range(0, _headings.Length).Where(column => lines.Skip(1).Any(line => line[column].Length > 0)).ToList();
        var widths = shown.ToDictionary(column => column, column => lines.Max(line => line[column].Length));
        foreach (var line in lines)
        {
            var cells = shown.Select(column => column == 0 ? line[column].PadRight(widths[column]) : line[column].PadLeft(widths[column]));
            writer.WriteLine("  " + string.Join("  ", cells).TrimEnd());
        }
    }

    private static string[] Cells(Row row) =>
    [
        row.Name, Number(row.Ours), Number(row.PyTorch), Number(row.Ratio), row.Setting ?? "",
    ];

    private static string[] MeanCells(IReadOnlyList<Row> rows) =>
        ["geometric mean", "", "", Number(GeometricMean(rows)), ""];

    private static double? GeometricMean(IReadOnlyList<Row> rows) =>
        rows.All(row => row.Ratio > 0) ? Math.Exp(rows.Average(row => Math.Log(row.Ratio!.Value))) : null;

    private static string Number(double? value) => value?.ToString("#,0.00", CultureInfo.InvariantCulture) ?? "";
}
