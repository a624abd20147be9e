using static TorchSharp.torch;

namespace TorchSharp.Extras.Modules;

/// <summary>
/// A module whose <c>forward</c> calls <see cref="Layers"/> one after the other on <c>Prepare(input)</c>, or functions that are equal to the layers, and
/// does nothing else. <c>DirectGradients</c> computes such a module without calling its <c>forward</c>.
/// </summary>
public interface ISequenceModule
{
    /// <summary>Gets the layers, the same object at each call. The output of the last is that of the module.</summary>
    LayerSequence Layers { get; }

    /// <summary>Returns the input of the layers. It must not depend on parameters.</summary>
    /// <param name="input">The input of the module.</param>
    /// <returns>The input itself, or a new tensor in the dispose scope of the caller.</returns>
    Tensor Prepare(Tensor input) => input;
}
