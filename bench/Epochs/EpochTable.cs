using System.Globalization;

namespace Bench.Epochs;

/// <summary>Writes the results as a table.</summary>
internal static class EpochTable
{
    public static void WriteLine(EpochRow row, string device, TextWriter writer, bool first)
    {
        var columns = Columns(row);
        if (first)
        {
            writer.WriteLine($"epochs: one epoch of each tutorial on the {device.ToUpperInvariant()}, including the first step. This library with default settings; PyTorch with {row.Threads} threads, OpenBLAS with 1.");
            writer.WriteLine(string.Join("  ", columns.Select(column => column.Heading)));
        }
        writer.WriteLine(string.Join("  ", columns.Select(column => column.Cell.PadLeft(column.Heading.Length))));
    }

    private static (string Heading, string Cell)[] Columns(EpochRow row) =>
    [
        ("tutorial", row.Seed.PadRight("tutorial".Length)),
        ("ours, s", Number(row.OursS)), ("PyTorch, s", Number(row.PyTorchS)), ("ratio", Number(row.Ratio)),
        ("TorchSharp, s", Number(row.TorchSharpS)), ("ratio", Number(row.TorchSharpRatio)), ("arithmetic, s", Number(row.ArithmeticS)),
        ("test: ours, s", Number(row.OursEvaluateS)), ("PyTorch, s", Number(row.PyTorchEvaluateS)), ("ratio", Number(row.EvaluateRatio)),
        ("peak: ours, MB", Number(row.OursPeakMb, "0")), ("PyTorch, MB", Number(row.PyTorchPeakMb, "0")),
        ("accuracy: ours, %", Number(100 * row.OursTestAccuracy)), ("PyTorch, %", Number(100 * row.PyTorchTestAccuracy)),
        ("TorchSharp, %", Number(100 * row.TorchSharpTestAccuracy)),
    ];

    private static string Number(double? value, string format = "0.00") => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
