using TorchSharp.Extras.Modules;
using TorchSharp.Extras.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules.Fused;

/// <summary>
/// A sequence of layers that computes the forward and the backward pass of each linear layer in one operator each. Create it with
/// <c>torch.nn.fused.Sequential</c>.
/// </summary>
/// <remarks>
/// Names, parameters, state files and hooks are those of TorchSharp's Sequential. A linear layer with hooks is called as usual. Results equal
/// TorchSharp's up to rounding. If the kernels of this library are not registered, the class uses TorchSharp's operators.
/// </remarks>
public sealed class Sequential : Modules.Sequential
{
    internal Sequential(params nn.Module<Tensor, Tensor>[] modules)
        : base(modules)
    {
    }

    internal Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules)
        : base(modules)
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (Count == 0)
            return base.forward(tensor);
        var result = tensor;
        for (var i = 0; i < Count; i++)
        {
            var layer = this[i];
            var output = layer is Linear linear && !ModuleHooks.HasAny(linear) ? LinearOperator.Call(linear, result) : ((nn.Module<Tensor, Tensor>)layer).call(result);
            if (i > 0 && !ReferenceEquals(output, result))
                result.Dispose();
            result = output;
        }
        return result;
    }
}
