using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Extends GroupNorm with the initialization of its parameters, which TorchSharp 0.107 lacks.</summary>
/// <remarks>
/// TorchSharp allocates the weight and the bias of a GroupNorm and does not fill them: their values are those of the memory before. PyTorch's module
/// initializes them in its constructor. See <see href="https://pytorch.org/docs/stable/generated/torch.nn.GroupNorm.html">GroupNorm</see>.
/// </remarks>
public static class GroupNormParameters
{
    extension(GroupNorm norm)
    {
        /// <summary>Fills the weight with ones and the bias with zeros, and returns the layer, to be called where the layer is created.</summary>
        /// <returns>The layer itself. Without parameters (affine: false), nothing changes.</returns>
        /// <example>
        /// <code>
        /// var network = nn.Sequential(nn.Conv2d(3, 16, 3), nn.GroupNorm(4, 16).reset_parameters(), nn.ReLU());
        /// </code>
        /// </example>
        public GroupNorm reset_parameters()
        {
            ArgumentNullException.ThrowIfNull(norm);
            using (no_grad())
            {
                if (norm.weight is { } weight)
                    nn.init.ones_(weight);
                if (norm.bias is { } bias)
                    nn.init.zeros_(bias);
            }
            return norm;
        }
    }
}
