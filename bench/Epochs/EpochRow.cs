using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bench.Epochs;

/// <summary>One tutorial's line, and its object in the JSON: medians of the rounds, accuracies their means.</summary>
/// <param name="Seed">The tutorial's number.</param>
/// <param name="Threads">What PyTorch was given; ours chooses.</param>
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

    /// <summary>Gets the time of the epoch's products and convolutions alone.</summary>
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
