using TorchSharp.Extras.Modules;
using TorchSharp.Extras.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules.Fused;

/// <summary>
/// A sequence of layers that computes each linear layer, forward and backward, in one operator each. Create it with <c>torch.nn.fused.Sequential</c>.
/// </summary>
/// <remarks>
/// It is TorchSharp's Sequential in everything else: names, parameters, state files, hooks. A linear layer that has hooks is called as usual. Results
/// differ from TorchSharp's in rounding. Where the kernels of this library are not registered, it computes what TorchSharp's computes.
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
