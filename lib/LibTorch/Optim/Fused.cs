using System.Collections.Concurrent;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>libtorch's fused operators: a step of an optimizer over all its tensors in one kernel, where the operators over lists take ten.</summary>
internal static class Fused
{
    private static readonly ConcurrentDictionary<string, bool> _known = new();

    /// <summary>
    /// Whether these tensors can go into one kernel, on a GPU: the CPU has passes of its own. All are of one device and type, and a parameter's lie in
    /// memory alike.
    /// </summary>
    public static bool Takes(Tensor[] parameters, Tensor[] gradients, IReadOnlyList<Tensor[]> states) =>
        parameters[0].device.type == DeviceType.CUDA && AreAlike(parameters, gradients, states);

    /// <summary>The same wherever the tensors are.</summary>
    public static bool AreAlike(Tensor[] parameters, Tensor[] gradients, IReadOnlyList<Tensor[]> states)
    {
        var first = parameters[0].Info;
        for (var i = 0; i < parameters.Length; i++)
        {
            var parameter = parameters[i].Info;
            if (!AreOfOneKind(first, parameter) || !LieAlike(parameter, gradients[i].Info))
                return false;
            foreach (var state in states)
            {
                if (!LieAlike(parameter, state[i].Info))
                    return false;
            }
        }
        return true;
    }

    /// <summary>A step of Adam or AdamW; false, with nothing changed, where this libtorch has no such operator.</summary>
    /// <param name="name">_fused_adam_, or _fused_adamw_, which libtorch 1.13 lacks.</param>
    /// <param name="options">The group's settings, none null.</param>
    /// <param name="lr">The group's learning rate.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="states">exp_avg, exp_avg_sq and, for amsgrad, max_exp_avg_sq.</param>
    /// <param name="step">Which step this is for them, from 1.</param>
    public static bool Adam(
        string name, AdamOptions options, double lr, Tensor[] parameters, Tensor[] gradients, IReadOnlyList<Tensor[]> states, long step)
    {
        if (!Exists(name))
            return false;
        using var steps = full([], (double)step, ScalarType.Float32, parameters[0].device);
        Tensor[] counts = [.. Enumerable.Repeat(steps, parameters.Length)], most = states.Count > 2 ? states[2] : [];
        Aten.Do(
            name, parameters, gradients, states[0], states[1], most, counts, lr, options.beta1 ?? 0, options.beta2 ?? 0, options.weight_decay ?? 0,
            options.eps ?? 0, states.Count > 2, options.maximize == true);
        return true;
    }

    /// <summary>A step of SGD; false, with nothing changed, where this libtorch, as 1.13, has no such operator.</summary>
    /// <param name="options">The group's settings, none null.</param>
    /// <param name="lr">The group's learning rate.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="states">momentum_buffer, where there is a momentum.</param>
    /// <param name="step">Which step this is for them, from 1.</param>
    public static bool Sgd(
        SGD.Options options, double lr, Tensor[] parameters, Tensor[] gradients, IReadOnlyList<Tensor[]> states, long step)
    {
        // upwards, the operator keeps the momentum with the other sign
        if (!Exists("_fused_sgd_") || options.maximize == true)
            return false;
        Aten.Do(
            "_fused_sgd_", parameters, gradients, states.Count > 0 ? states[0] : Array.Empty<Tensor>(), options.weight_decay ?? 0, options.momentum ?? 0,
            lr, options.dampening ?? 0, options.nesterov == true, false, step == 1);
        return true;
    }

    private static bool AreOfOneKind(in TensorInfo one, in TensorInfo other) =>
        (one.ScalarType, one.DeviceType, one.DeviceIndex, one.Layout) == (other.ScalarType, other.DeviceType, other.DeviceIndex, other.Layout);

    private static unsafe bool LieAlike(in TensorInfo one, in TensorInfo other) =>
        AreOfOneKind(one, other)
        && new ReadOnlySpan<long>(one.Strides, (int)one.Dimensions).SequenceEqual(new ReadOnlySpan<long>(other.Strides, (int)other.Dimensions));

    private static bool Exists(string name) => _known.GetOrAdd(name, Aten.Exists);
}
