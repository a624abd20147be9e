using System.Text.Json.Serialization;

namespace Bench.Accuracy;

/// <summary>One line of the table.</summary>
/// <param name="Setup">Which network.</param>
/// <param name="Ours">Our test accuracies, 0 to 1, a seed each.</param>
/// <param name="PyTorch">PyTorch's; none where there is no PyTorch.</param>
internal sealed record AccuracyRow(string Setup, IReadOnlyList<double> Ours, [property: JsonPropertyName("pytorch")] IReadOnlyList<double> PyTorch)
{
    /// <summary>Our mean less PyTorch's, in points of a hundred.</summary>
    public double? Difference => PyTorch.Count > 0 ? 100 * (Ours.Average() - PyTorch.Average()) : null;
}
