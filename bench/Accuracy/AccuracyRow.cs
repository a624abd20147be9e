using System.Text.Json.Serialization;

namespace Bench.Accuracy;

/// <summary>A row of the table.</summary>
/// <param name="Setup">The name of the setup.</param>
/// <param name="Ours">The test accuracies of this library, 0 to 1, one per seed.</param>
/// <param name="PyTorch">The test accuracies of PyTorch; empty without PyTorch.</param>
internal sealed record AccuracyRow(string Setup, IReadOnlyList<double> Ours, [property: JsonPropertyName("pytorch")] IReadOnlyList<double> PyTorch)
{
    /// <summary>Gets the difference of the mean accuracies, in percentage points.</summary>
    public double? Difference => PyTorch.Count > 0 ? 100 * (Ours.Average() - PyTorch.Average()) : null;
}
