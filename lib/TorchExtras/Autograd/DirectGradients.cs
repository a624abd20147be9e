using TorchSharp.Extras.Modules;
using TorchSharp.Extras.Native;
using TorchSharp.Extras.Native.Kernels;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Autograd;

/// <summary>
/// Computes a sequence of linear layers and ReLUs, and the gradients of its parameters, without an autograd graph between its input and its output. A
/// training step of a small network takes less time.
/// </summary>
/// <remarks>
/// Outputs and gradients equal those of <c>torch.nn.fused.Sequential</c> bit for bit, and those of TorchSharp's <c>Sequential</c> to rounding. The
/// autograd graph starts at the outputs: any function of the outputs can be the loss, but <c>autograd.grad</c> cannot return gradients of the parameters.
/// Intermediate results are kept in memory that this object reuses. Use an object on one thread.
/// </remarks>
/// <example>
/// <code>
/// using var direct = new DirectGradients();
/// var outputs = direct.TryForward(model, inputs);
/// var loss = nn.functional.cross_entropy(outputs ?? model.call(inputs), targets);
/// loss.backward();
/// direct.Backward();
/// optimizer.step();
/// </code>
/// </example>
public sealed class DirectGradients : IDisposable
{
    private readonly DensePass _pass = new();
    private Tensor? _outputs;

    /// <summary>Computes the outputs of a model, if the model and the input are supported and no hook can observe that the model is not called.</summary>
    /// <param name="model">
    /// A sequence of TorchSharp's own <c>Linear</c> and <c>ReLU</c>, after a <c>Flatten</c> if the input has more than two dimensions; or an
    /// <see cref="ISequenceModule"/> with such a sequence. No module has a hook, and all parameters require a gradient.
    /// </param>
    /// <param name="input">The input, Float32 on the CPU, [N, features] or [N, …]; it requires no gradient.</param>
    /// <returns>
    /// The outputs, [N, classes], a tensor that requires a gradient; null where the model or the input is not supported, gradients are disabled,
    /// autocast or anomaly detection is enabled, or the kernels of this library do not support the shapes. Call the model then.
    /// </returns>
    public Tensor? TryForward(nn.Module<Tensor, Tensor> model, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(input);
        _outputs = null;
        if (!CpuKernels.AreRegistered || !MatrixTiles.IsSupported || !is_grad_enabled() || AutocastFunctions.IsEnabled(DeviceType.CPU)
            || TorchSharpNative.IsAnomalyDetected || Layers(model) is not { } layers)
        {
            return null;
        }
        var prepared = model is ISequenceModule module ? module.Prepare(input) : input;
        _outputs = _pass.TryForward(layers, prepared);
        if (!ReferenceEquals(prepared, input) && _outputs is null)
            prepared.Dispose();
        return _outputs;
    }

    /// <summary>
    /// Adds the gradients of the parameters, as the backward pass of the model does, from the gradient of the outputs that the last
    /// <see cref="TryForward"/> returned. If it returned null, or the outputs have no gradient, this method does nothing.
    /// </summary>
    public void Backward()
    {
        if (_outputs is not { } outputs)
            return;
        _outputs = null;
        using var gradient = outputs.grad;
        if (gradient is not null)
            _pass.Backward(gradient);
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose() => _pass.Dispose();

    /// <summary>Returns the sequence that a model is or calls; null if the model or the sequence has hooks, or is a class with a <c>forward</c> of its own.</summary>
    private static Sequential? Layers(nn.Module<Tensor, Tensor> model)
    {
        if (ModuleHooks.HasAny(model))
            return null;
        if (model is not ISequenceModule module)
            return IsPlain(model) ? (Sequential)model : null;
        var layers = module.Layers;
        return IsPlain(layers) && !ModuleHooks.HasAny(layers) ? layers : null;
    }

    private static bool IsPlain(nn.Module module) => module.GetType() == typeof(Sequential) || module.GetType() == typeof(TorchSharp.Modules.Fused.Sequential);
}
