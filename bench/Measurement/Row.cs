using System.Text.Json.Serialization;

namespace Bench.Measurement;

/// <summary>A row of the table.</summary>
/// <param name="Suite">The name of the suite.</param>
/// <param name="Name">The name of the case.</param>
/// <param name="Ours">The median of this library.</param>
/// <param name="PyTorch">The median of PyTorch at its best setting; null without PyTorch.</param>
/// <param name="Setting">PyTorch's best setting.</param>
internal sealed record Row(string Suite, string Name, double Ours, [property: JsonPropertyName("pytorch")] double? PyTorch, string? Setting)
{
    /// <summary>Gets the ratio of the times of this library and PyTorch; below 1, this library is faster.</summary>
    public double? Ratio => Ours / PyTorch;
}
