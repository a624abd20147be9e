using System.Text.Json.Serialization;

namespace Bench.Measurement;

/// <summary>One line of the table.</summary>
/// <param name="Suite">What was measured.</param>
/// <param name="Name">Which case of it.</param>
/// <param name="Ours">Our median.</param>
/// <param name="PyTorch">The median of PyTorch at its best setting; null where there is no PyTorch.</param>
/// <param name="Setting">PyTorch's best setting.</param>
/// <param name="Floor">The median of the same from C++, where there is such a program.</param>
internal sealed record Row(string Suite, string Name, double Ours, [property: JsonPropertyName("pytorch")] double? PyTorch, string? Setting, double? Floor)
{
    /// <summary>Ours by PyTorch's: below one is faster.</summary>
    public double? Ratio => Ours / PyTorch;

    /// <summary>What the binding adds to libtorch's own time, by what PyTorch's adds.</summary>
    public double? OverheadRatio => (Ours - Floor) / (PyTorch - Floor);
}
