using System.CommandLine;
using System.Text.Json.Nodes;
using Bench.Epochs;
using TorchSharp;

namespace Bench.Tests;

public sealed class EpochsTests
{
    private static readonly EpochRow _row = new("000", 2)
    {
        OursS = 1,
        PyTorchS = 4,
        TorchSharpS = 2,
        ArithmeticS = 0.75,
        OursEvaluateS = 0.5,
        PyTorchEvaluateS = 1,
        OursPeakMb = 200,
        PyTorchPeakMb = 300,
        OursTestAccuracy = 0.8,
        PyTorchTestAccuracy = 0.81,
        TorchSharpTestAccuracy = 0.79,
    };

    [Fact]
    public void A_missing_GPU_is_rejected_with_the_build_option()
    {
        var expected = torch.cuda.is_available()
            ? ""
            : "libtorch finds no GPU: omit --device cuda, or build with -p:TorchSharpPackage=TorchSharp-cuda-linux (or -cuda-windows).";
        Assert.Equal(expected, Errors("--device", "cuda"));
    }

    [Fact]
    public void The_file_has_the_measurements_of_a_tutorial_by_name()
    {
        var row = JsonNode.Parse(EpochRow.ToJson([_row]))!.AsArray().Single()!.AsObject();
        Assert.Equal(
            [
                "arithmetic_s", "evaluate_ratio", "ours_evaluate_s", "ours_peak_mb", "ours_s", "ours_test_accuracy",
                "pytorch_evaluate_s", "pytorch_peak_mb", "pytorch_s", "pytorch_test_accuracy", "ratio", "seed", "threads",
                "torchsharp_ratio", "torchsharp_s", "torchsharp_test_accuracy",
            ],
            row.Select(entry => entry.Key).Order(StringComparer.Ordinal));
        Assert.Equal(0.25, (double)row["ratio"]!);
        Assert.Equal(0.5, (double)row["torchsharp_ratio"]!);
        Assert.Equal(0.5, (double)row["evaluate_ratio"]!);
    }

    [Fact]
    public void Missing_measurements_are_null_in_the_file()
    {
        var row = JsonNode.Parse(EpochRow.ToJson([_row with { PyTorchS = null }]))!.AsArray().Single()!.AsObject();
        Assert.All(["pytorch_s", "ratio"], name => Assert.Null(row[name]));
    }

    [Fact]
    public void The_cells_of_the_table_are_below_their_headings()
    {
        var lines = Table(_row).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("tutorial  ours, s  PyTorch, s  ratio", lines[^2], StringComparison.Ordinal);
        Assert.StartsWith("000          1.00        4.00   0.25", lines[^1], StringComparison.Ordinal);
        Assert.Equal(lines[^2].Length, lines[^1].Length);
    }

    private static string Errors(params string[] arguments) =>
        string.Join('\n', EpochsCommand.Create().Parse(arguments).Errors.Select(error => error.Message));

    private static string Table(EpochRow row)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        EpochTable.WriteLine(row, "cuda", writer, first: true);
        return writer.ToString();
    }
}
