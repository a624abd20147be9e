namespace DeepLearning.Models;

/// <summary>One call of a layer.</summary>
/// <param name="Name">Its full name in the model: <c>conv_layers.0</c>; the model itself has none.</param>
/// <param name="ShortName">Its name in what called it.</param>
/// <param name="Type">What it is: Conv2d.</param>
/// <param name="Depth">How deep it is nested; 0 is the model.</param>
/// <param name="OutputShapes">The shapes of the tensors that it returned; none where it was never called.</param>
/// <param name="Parameters">How many numbers it holds itself, beside those of its layers; 0 where an earlier row has counted them.</param>
/// <param name="TrainableParameters">How many of these an optimizer would change.</param>
/// <param name="Macs">Multiply-accumulates of this call, without those of its layers.</param>
/// <param name="IsLeaf">Whether it called no other layer.</param>
/// <param name="IsShared">Whether an earlier row has counted parameters of it: it is called again, or shares them with another layer.</param>
public sealed record SummaryRow(
    string Name, string ShortName, string Type, int Depth, IReadOnlyList<IReadOnlyList<long>> OutputShapes, long Parameters,
    long TrainableParameters, long Macs, bool IsLeaf, bool IsShared)
{
    /// <summary>The shapes as text: <c>[1, 6, 24, 24]</c>.</summary>
    public string OutputShape =>
        OutputShapes.Count == 0 ? "not called" : string.Join(", ", OutputShapes.Select(shape => $"[{string.Join(", ", shape)}]"));

    /// <summary>Whether an optimizer would change its parameters: yes, no, partly; nothing where it has none.</summary>
    public string Trainable => (Parameters, TrainableParameters) switch
    {
        (0, _) => "",
        (_, 0) => "no",
        var (all, some) => all == some ? "yes" : "partly",
    };
}
