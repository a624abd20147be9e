using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Modules;

/// <summary>
/// A module whose <c>forward</c> returns <c>Layers.call(Prepare(input))</c> and does nothing else. <c>DirectGradients</c> computes such
/// a module without calling its <c>forward</c>.
/// </summary>
public interface ISequenceModule
{
    /// <summary>Gets the layers, whose output is the module's.</summary>
    Sequential Layers { get; }

    /// <summary>Returns the input of the layers. It must not depend on parameters.</summary>
    /// <param name="input">The input of the module.</param>
    /// <returns>The input itself, or a new tensor in the dispose scope of the caller.</returns>
    Tensor Prepare(Tensor input) => input;
}
