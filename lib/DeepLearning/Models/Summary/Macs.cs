using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Models;

/// <summary>
/// Counts the multiply-accumulates of layers that multiply by weights: linear, convolutional, recurrent and attention layers. Biases, elementwise
/// operations and the products of queries and keys are not counted.
/// </summary>
internal static class Macs
{
    /// <param name="module">The called module.</param>
    /// <param name="inputs">The inputs of the call.</param>
    /// <param name="outputs">The outputs of the call.</param>
    /// <param name="isLeaf">Whether the module called no other module; the calls of other modules are counted separately.</param>
    public static long Of(nn.Module module, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs, bool isLeaf)
    {
        if (inputs.Count == 0 || outputs.Count == 0)
            return 0;
        return module switch
        {
            Linear linear => linear.weight.numel() * Rows(outputs[0]),
            // each weight is used at every position of the output, or of the input for a transposed convolution
            Convolution convolution => Weights(module) * Places(convolution.transposed ? inputs[0] : outputs[0], convolution.kernel_size.Length),
            LSTM or GRU or RNN => Weights(module) * Rows(inputs[0]),
            MultiheadAttention when inputs is [var query, var key, var value, ..] =>
                Projections(query, key, value) + (isLeaf ? Projections(query) : 0),
            _ => 0,
        };
    }

    private static long Weights(nn.Module module) =>
        module.named_parameters().Where(entry => entry.name.StartsWith("weight", StringComparison.Ordinal)).Sum(entry => entry.parameter.numel());

    private static long Rows(Tensor tensor) => tensor.numel() / Math.Max(tensor.shape[^1], 1);

    /// <summary>Returns the number of positions of all samples, for [N, C, …] and [C, …].</summary>
    private static long Places(Tensor tensor, int dimensions)
    {
        var places = tensor.shape[^dimensions..].Aggregate(1L, (product, size) => product * size);
        return tensor.ndim > dimensions + 1 ? places * tensor.shape[0] : places;
    }

    /// <summary>
    /// Returns the multiply-accumulates of the projections of queries, keys, values and the output, whose width is that of the queries.
    /// </summary>
    private static long Projections(Tensor query, params ReadOnlySpan<Tensor> others)
    {
        var elements = query.numel();
        foreach (var other in others)
            elements += other.numel();
        return elements * query.shape[^1];
    }
}
