using TorchSharp.Modules;

namespace TorchSharp.Extras.Optim;

/// <summary>The gradients of a step, and whether libtorch's fused operators can work on them.</summary>
/// <remarks>
/// The fused operators of the CPU walk through the memory of a parameter, its gradient and its state in parallel. So these must be dense and lie in
/// memory alike.
/// </remarks>
internal static class FusedGradients
{
    /// <summary>Calls the closure of a step with gradients enabled.</summary>
    public static torch.Tensor? Evaluate(Func<torch.Tensor>? closure)
    {
        if (closure is null)
            return null;
        using var tracked = torch.enable_grad();
        return closure();
    }

    /// <summary>Returns the parameters that have a gradient, with their gradients, or null if the fused operators cannot take one of them.</summary>
    /// <param name="groups">The parameter groups of the optimizer.</param>
    public static List<List<(Parameter Parameter, torch.Tensor Gradient)>>? TryCollect(IEnumerable<ParamGroup> groups)
    {
        List<List<(Parameter, torch.Tensor)>> collected = [];
        foreach (var group in groups)
        {
            List<(Parameter, torch.Tensor)> pairs = [];
            foreach (var parameter in group.Parameters)
            {
                if (parameter.grad is not { } gradient)
                    continue;
                if (!IsTaken(parameter, gradient))
                    return null;
                pairs.Add((parameter, LikeParameter(parameter, gradient)));
            }
            collected.Add(pairs);
        }
        return collected;
    }

    /// <summary>Returns a tensor with the values of another that lies in memory as the parameter does: the tensor itself if it does already.</summary>
    public static torch.Tensor LikeParameter(torch.Tensor parameter, torch.Tensor tensor)
    {
        if (parameter.is_contiguous() ? tensor.is_contiguous() : parameter.stride().AsSpan().SequenceEqual(tensor.stride()))
            return tensor;
        return torch.empty_like(parameter).copy_(tensor);
    }

    /// <summary>Makes a part of a state lie in memory as the parameter does, if it does not yet: states that were loaded may not.</summary>
    public static void Align(torch.Tensor parameter, ref torch.Tensor state)
    {
        var aligned = LikeParameter(parameter, state);
        if (ReferenceEquals(aligned, state))
            return;
        state.Dispose();
        state = aligned.DetachFromDisposeScope();
    }

    private static bool IsTaken(torch.Tensor parameter, torch.Tensor gradient) =>
        parameter.device_type == DeviceType.CPU && gradient.device_type == DeviceType.CPU
        && parameter.dtype is torch.ScalarType.Float32 or torch.ScalarType.Float64 or torch.ScalarType.BFloat16 or torch.ScalarType.Float16
        && gradient.dtype == parameter.dtype && !gradient.is_sparse
        && (parameter.is_contiguous() || IsDense(parameter));

    /// <summary>Returns whether the elements fill their memory without gaps and overlaps, in whatever order of dimensions.</summary>
    private static bool IsDense(torch.Tensor tensor)
    {
        var (shape, strides) = (tensor.shape, tensor.stride());
        var expected = 1L;
        foreach (var dimension in Enumerable.Range(0, shape.Length).Where(index => shape[index] != 1).OrderBy(index => strides[index]))
        {
            if (strides[dimension] != expected)
                return false;
            expected *= shape[dimension];
        }
        return true;
    }
}
