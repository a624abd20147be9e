namespace DeepLearning.Models;

/// <summary>A call of a layer.</summary>
/// <param name="Name">The full name of the layer, <c>conv_layers.0</c>; empty for the model itself.</param>
/// <param name="ShortName">The name within the calling layer.</param>
/// <param name="Type">The type of the layer: Conv2d.</param>
/// <param name="Depth">The depth of the nesting; 0 for the model.</param>
/// <param name="OutputShapes">The shapes of the outputs; none if the layer was not called.</param>
/// <param name="Parameters">The number of parameters of the layer itself, without its sublayers; 0 if an earlier row counts them.</param>
/// <param name="TrainableParameters">The number of these parameters that require a gradient.</param>
/// <param name="Macs">The multiply-accumulates of this call, without its sublayers.</param>
/// <param name="IsLeaf">Whether the layer called no other layer.</param>
/// <param name="IsShared">Whether an earlier row counts its parameters, because the layer is called again or shares them with another layer.</param>
public sealed record SummaryRow(
    string Name, string ShortName, string Type, int Depth, IReadOnlyList<IReadOnlyList<long>> OutputShapes, long Parameters,
    long TrainableParameters, long Macs, bool IsLeaf, bool IsShared)
{
    /// <summary>Gets the shapes as text: <c>[1, 6, 24, 24]</c>.</summary>
    public string OutputShape =>
        OutputShapes.Count == 0 ? "not called" : string.Join(", ", OutputShapes.Select(shape => $"[{string.Join(", ", shape)}]"));

    /// <summary>
    /// Gets a text that indicates whether the parameters require gradients: yes, no or partly; empty for a layer without parameters.
    /// </summary>
    public string Trainable => (Parameters, TrainableParameters) switch
    {
        (0, _) => "",
        (_, 0) => "no",
        var (all, some) => all == some ? "yes" : "partly",
    };
}
