using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bench.Epochs;

/// <summary>The row of a tutorial in the table and in the JSON: medians of the rounds, and means of accuracies.</summary>
/// <param name="Seed">The number of the tutorial.</param>
/// <param name="Threads">The number of PyTorch's threads; this library uses its default.</param>
internal sealed record EpochRow(string Seed, int Threads)
{
    private static readonly JsonSerializerOptions _format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public required double OursS { get; init; }

    [JsonPropertyName("pytorch_s")]
    public double? PyTorchS { get; init; }

    public double? Ratio => OursS / PyTorchS;

    [JsonPropertyName("torchsharp_s")]
    public double? TorchSharpS { get; init; }

    [JsonPropertyName("torchsharp_ratio")]
    public double? TorchSharpRatio => OursS / TorchSharpS;

    /// <summary>Gets the time of only the products and convolutions of the epoch.</summary>
    public required double ArithmeticS { get; init; }

    public required double OursPeakMb { get; init; }

    [JsonPropertyName("pytorch_peak_mb")]
    public double? PyTorchPeakMb { get; init; }

    public required double OursTestAccuracy { get; init; }

    [JsonPropertyName("pytorch_test_accuracy")]
    public double? PyTorchTestAccuracy { get; init; }

    [JsonPropertyName("torchsharp_test_accuracy")]
    public double? TorchSharpTestAccuracy { get; init; }

    public required double OursEvaluateS { get; init; }

    [JsonPropertyName("pytorch_evaluate_s")]
    public double? PyTorchEvaluateS { get; init; }

    public double? EvaluateRatio => OursEvaluateS / PyTorchEvaluateS;

    public static string ToJson(IReadOnlyList<EpochRow> rows) => JsonSerializer.Serialize(rows, _format);
}
