using System.Text.Json.Serialization;

namespace Bench.Measurement;

/// <summary>One line of the table.</summary>
/// <param name="Suite">What was measured.</param>
/// <param name="Name">Which case of it.</param>
/// <param name="Ours">Our median.</param>
/// <param name="PyTorch">The median of PyTorch at its best setting; null where there is no PyTorch.</param>
/// <param name="Setting">PyTorch's best setting.</param>
internal sealed record Row(string Suite, string Name, double Ours, [property: JsonPropertyName("pytorch")] double? PyTorch, string? Setting)
{
    /// <summary>Ours by PyTorch's: below one is faster.</summary>
    public double? Ratio => Ours / PyTorch;
}
