using System.CommandLine;
using System.Text.Json.Nodes;
using Bench.Epochs;
using TorchSharp;

namespace Bench.Tests;

public sealed class EpochsTests
{
    private static readonly EpochRow _eager = new("000", 2)
    {
        OursS = 1,
        PyTorchS = 4,
        OursEvaluateS = 0.5,
        PyTorchEvaluateS = 1,
        OursPeakMb = 200,
        PyTorchPeakMb = 300,
        OursTestAccuracy = 0.8,
        PyTorchTestAccuracy = 0.81,
    };

    private static readonly EpochRow _captured = _eager with { OursCapturedS = 0.5, PyTorchCapturedS = 2.5 };

    [Fact]
    public void Graphs_are_captured_only_where_a_GPU_is_asked_for()
    {
        Assert.Contains("--captured needs --device cuda", Errors("--captured"), StringComparison.Ordinal);
        Assert.Contains("--captured needs --device cuda", Errors("--captured", "--device", "cpu"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_GPU_that_is_not_there_is_the_only_thing_wrong_with_a_captured_comparison()
    {
        var expected = torch.cuda.is_available() ? "" : "This libtorch finds no GPU: leave out --device cuda, or point LIBTORCH at a libtorch with CUDA.";
        Assert.Equal(expected, Errors("--captured", "--device", "cuda"));
    }

    [Fact]
    public void The_file_has_a_tutorials_figures_by_their_names()
    {
        var row = JsonNode.Parse(EpochRow.ToJson([_captured]))!.AsArray().Single()!.AsObject();
        Assert.Equal(
            [
                "captured_ratio", "evaluate_ratio", "ours_captured_s", "ours_evaluate_s", "ours_peak_mb", "ours_s", "ours_test_accuracy",
                "pytorch_captured_s", "pytorch_evaluate_s", "pytorch_peak_mb", "pytorch_s", "pytorch_test_accuracy", "ratio", "seed", "threads",
            ],
            row.Select(entry => entry.Key).Order(StringComparer.Ordinal));
        Assert.Equal(0.25, (double)row["ratio"]!);
        Assert.Equal(0.2, (double)row["captured_ratio"]!);
    }

    [Fact]
    public void What_was_not_measured_is_null_in_the_file()
    {
        var row = JsonNode.Parse(EpochRow.ToJson([_eager]))!.AsArray().Single()!.AsObject();
        Assert.All(["ours_captured_s", "pytorch_captured_s", "captured_ratio"], name => Assert.Null(row[name]));
    }

    [Fact]
    public void The_table_has_columns_for_captured_trainings_where_there_were_any()
    {
        Assert.DoesNotContain("captured", Table(_eager), StringComparison.Ordinal);
        var lines = Table(_captured).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith("captured: ours, s  PyTorch, s  ratio", lines[^2], StringComparison.Ordinal);
        Assert.EndsWith("             0.50        2.50   0.20", lines[^1], StringComparison.Ordinal);
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
