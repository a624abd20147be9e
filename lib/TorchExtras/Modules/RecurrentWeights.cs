using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Extends LSTM and GRU with access to their weights, as in TorchSharp's RNN.</summary>
/// <remarks>
/// Each tensor has the gates along its first dimension: i, f, g, o in an LSTM, r, z, n in a GRU. See
/// <see href="https://pytorch.org/docs/stable/generated/torch.nn.LSTM.html">LSTM</see>, <see href="https://pytorch.org/docs/stable/generated/torch.nn.GRU.html">GRU</see>.
/// </remarks>
public static class RecurrentWeights
{
    extension(LSTM lstm)
    {
        /// <summary>Returns the input's weights of a layer, [4 * hidden, input].</summary>
        /// <param name="layer">The number of the layer, from 0.</param>
        public Parameter get_weight_ih(long layer) => Weight(lstm, "weight_ih", layer);

        /// <summary>Returns the hidden state's weights of a layer, [4 * hidden, hidden].</summary>
        /// <param name="layer">The number of the layer, from 0.</param>
        public Parameter get_weight_hh(long layer) => Weight(lstm, "weight_hh", layer);

        /// <summary>Returns the input's bias of a layer, [4 * hidden].</summary>
        /// <param name="layer">The number of the layer, from 0.</param>
        public Parameter get_bias_ih(long layer) => Weight(lstm, "bias_ih", layer);

        /// <summary>Returns the hidden state's bias of a layer, [4 * hidden].</summary>
        /// <param name="layer">The number of the layer, from 0.</param>
        public Parameter get_bias_hh(long layer) => Weight(lstm, "bias_hh", layer);
    }

    extension(GRU gru)
    {
        /// <summary>Returns the input's weights of a layer, [3 * hidden, input].</summary>
        /// <param name="layer">The number of the layer, from 0.</param>
        public Parameter get_weight_ih(long layer) => Weight(gru, "weight_ih", layer);

        /// <summary>Returns the hidden state's weights of a layer, [3 * hidden, hidden].</summary>
        /// <param name="layer">The number of the layer, from 0.</param>
        public Parameter get_weight_hh(long layer) => Weight(gru, "weight_hh", layer);

        /// <summary>Returns the input's bias of a layer, [3 * hidden].</summary>
        /// <param name="layer">The number of the layer, from 0.</param>
        public Parameter get_bias_ih(long layer) => Weight(gru, "bias_ih", layer);

        /// <summary>Returns the hidden state's bias of a layer, [3 * hidden].</summary>
        /// <param name="layer">The number of the layer, from 0.</param>
        public Parameter get_bias_hh(long layer) => Weight(gru, "bias_hh", layer);
    }

    private static Parameter Weight(nn.Module module, string kind, long layer)
    {
        var parameters = module.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        return parameters.TryGetValue($"{kind}_l{layer}", out var found)
            ? found
            : throw new ArgumentOutOfRangeException(
                nameof(layer), layer, $"The module has no parameter {kind}_l{layer}, only {string.Join(", ", parameters.Keys)}.");
    }
}
