using System.Globalization;

namespace Bench.Epochs;

/// <summary>The figures as people read them.</summary>
internal static class EpochTable
{
    private static readonly string[] _headings =
        ["tutorial", "ours, s", "PyTorch, s", "ratio", "test: ours, s", "PyTorch, s", "ratio", "peak: ours, MB", "PyTorch, MB", "accuracy: ours, %", "PyTorch, %"];

    public static void WriteLine(EpochRow row, string device, TextWriter writer, bool first)
    {
        if (first)
        {
            writer.WriteLine($"epochs: one of each tutorial on the {device.ToUpperInvariant()}, from the first step on. Ours has nothing set; PyTorch {row.Threads} threads, OpenBLAS 1.");
            writer.WriteLine(string.Join("  ", _headings));
        }
        string[] cells =
        [
            row.Seed.PadRight(_headings[0].Length), Number(row.OursS), Number(row.PyTorchS), Number(row.Ratio),
            Number(row.OursEvaluateS), Number(row.PyTorchEvaluateS), Number(row.EvaluateRatio),
            Number(row.OursPeakMb, "0"), Number(row.PyTorchPeakMb, "0"), Number(100 * row.OursTestAccuracy), Number(100 * row.PyTorchTestAccuracy),
        ];
        writer.WriteLine(string.Join("  ", cells.Select((cell, column) => cell.PadLeft(_headings[column].Length))));
    }

    private static string Number(double? value, string format = "0.00") => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
