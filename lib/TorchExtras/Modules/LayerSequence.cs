using static TorchSharp.torch;

namespace TorchSharp.Extras.Modules;

/// <summary>
/// The layers that a module calls one after the other, for <see cref="ISequenceModule"/>. Unlike <c>Sequential</c>, it is not a module: it neither
/// registers nor disposes of the layers.
/// </summary>
/// <param name="layers">The layers in the order of the calls. Fields of the module, and new layers without parameters in place of functions.</param>
public sealed class LayerSequence(params nn.Module<Tensor, Tensor>[] layers)
{
    /// <summary>Gets the number of layers.</summary>
    public int Count => layers.Length;

    /// <summary>Gets a layer.</summary>
    /// <param name="index">The number of the layer, from 0.</param>
    public nn.Module<Tensor, Tensor> this[int index] => layers[index];
}
