using TorchSharp.Extras.Modules;
using TorchSharp.Extras.Native;
using TorchSharp.Extras.Native.Kernels;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Autograd;

/// <summary>
/// Computes a sequence of convolutions and linear layers, and the gradients of its parameters, without an autograd graph between its input and its
/// output. A training step of a small network takes less time.
/// </summary>
/// <remarks>
/// Outputs and gradients equal those of <c>torch.nn.fused.Sequential</c> to rounding; without convolutions, bit for bit. Dropout uses the same random
/// numbers. The autograd graph starts at the outputs: any function of the outputs can be the loss, but <c>autograd.grad</c> cannot return gradients of the
/// parameters. Intermediate results are kept in memory that this object reuses. Use an object on one thread.
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
    private readonly DirectPass _pass = new();
    private (nn.Module Model, LayerSequence Layers)? _sequence;
    private Tensor? _outputs;
    private Tensor? _gradient;

    /// <summary>Computes the outputs of a model, if the model and the input are supported and no hook can observe that the model is not called.</summary>
    /// <param name="model">
    /// A sequence of TorchSharp's own <c>Conv2d</c>, <c>Linear</c>, <c>ReLU</c>, <c>Dropout</c>, <c>Flatten</c> and such sequences, with <c>MaxPool2d</c> of
    /// two by two after convolutions; or an <see cref="ISequenceModule"/> with such layers. Convolutions have the stride 1, one group, no dilation, and
    /// zeros as padding, fewer than the kernel size. No module has a hook, and all parameters require a gradient.
    /// </param>
    /// <param name="input">The input, Float32 on the CPU, [N, features], [N, channels, height, width] or [N, …]; it requires no gradient.</param>
    /// <returns>
    /// The outputs, such as [N, classes], a tensor that requires a gradient; null where the model or the input is not supported, gradients are disabled,
    /// autocast or anomaly detection is enabled, or the kernels of this library do not support the shapes. Call the model then.
    /// </returns>
    public Tensor? TryForward(nn.Module<Tensor, Tensor> model, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(input);
        _outputs = null;
        DropGradient();
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
    /// Computes the mean cross-entropy of the outputs that the last <see cref="TryForward"/> returned, and its gradient, without an autograd graph. Both
    /// equal those of <c>torch.nn.functional.cross_entropy</c> bit for bit. <see cref="Backward"/> uses the gradient; do not call <c>backward()</c> of the
    /// loss.
    /// </summary>
    /// <param name="outputs">The outputs, logits [N, classes].</param>
    /// <param name="targets">The numbers of the classes, Int64 [N], on the CPU.</param>
    /// <param name="divisor">The number by which the gradient is divided: the number of batches whose gradients are added up for a step.</param>
    /// <returns>
    /// The loss, a tensor without dimensions that requires no gradient; null for other outputs or targets, and for a target that is not a class. Call the
    /// loss function then.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The divisor is not positive.</exception>
    public Tensor? TryCrossEntropy(Tensor outputs, Tensor targets, int divisor = 1)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(divisor);
        if (!ReferenceEquals(outputs, _outputs) || targets.IsInvalid)
            return null;
        DropGradient();
        var (logits, labels) = (new NativeTensor(outputs.Handle), new NativeTensor(targets.Handle));
        if (!AreClasses(labels, logits.Sizes))
            return null;
        var (loss, gradient) = CrossEntropyOperators.Compute(logits, labels, divisor);
        GC.KeepAlive(targets);
        _gradient = Tensor.UnsafeCreateTensor(gradient.Handle).DetachFromDisposeScope();
        return Tensor.UnsafeCreateTensor(loss.Handle);
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
        using var gradient = _gradient ?? outputs.grad;
        _gradient = null;
        if (gradient is not null)
            _pass.Backward(gradient);
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        _pass.Dispose();
        DropGradient();
    }

    private void DropGradient()
    {
        _gradient?.Dispose();
        _gradient = null;
    }

    /// <summary>Returns whether labels are numbers of classes, one for each sample.</summary>
    private static unsafe bool AreClasses(NativeTensor labels, ReadOnlySpan<long> sizes)
    {
        if (sizes.Length != 2 || sizes[1] < 2 || labels.Sizes.Length != 1 || labels.Sizes[0] != sizes[0] || labels.Type != ScalarType.Int64 || !labels.IsOnCpu || !labels.IsStrided
            || !labels.IsContiguous)
        {
            return false;
        }
        foreach (var label in new ReadOnlySpan<long>(labels.Data, (int)sizes[0]))
        {
            if ((ulong)label >= (ulong)sizes[1])
                return false;
        }
        return true;
    }

    /// <summary>Returns the layers that a model calls; null if the model has hooks, or is a class with a <c>forward</c> of its own.</summary>
    private LayerSequence? Layers(nn.Module<Tensor, Tensor> model)
    {
        if (ModuleHooks.HasAny(model))
            return null;
        if (model is ISequenceModule module)
            return module.Layers;
        if (!DirectLayers.IsPlain(model))
            return null;
        if (_sequence is not { } kept || kept.Model != model)
            _sequence = kept = (model, new(model));
        return kept.Layers;
    }
}
