using TorchSharp.Extras.Native;
using TorchSharp.Extras.Native.Kernels;
using TorchSharp.Modules;

namespace TorchSharp.Extras.Optim;

/// <summary>A parameter and its gradient, for a fused operator.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Gradient">
/// A reference to the gradient, which has the memory layout of the parameter. The receiver passes it to a list or deletes it.
/// </param>
/// <param name="Type">The type of both.</param>
/// <param name="Count">The number of elements.</param>
/// <param name="IsContiguous">Whether both are contiguous.</param>
internal readonly record struct FusedParameter(Parameter Parameter, ulong Gradient, torch.ScalarType Type, long Count, bool IsContiguous);

/// <summary>Collects the gradients of a step and checks whether libtorch's fused operators support them.</summary>
/// <remarks>
/// The CPU's fused operators iterate over the memory of a parameter, its gradient and its state in parallel, so these must be dense and have the same
/// memory layout. The check runs for every parameter in every step, so it calls libtorch directly, without an object for each gradient.
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

    /// <summary>Returns the parameters of each group that have a gradient, or null if the fused operators do not support one of them.</summary>
    /// <param name="groups">The parameter groups of the optimizer.</param>
    public static List<List<FusedParameter>>? TryCollect(IEnumerable<ParamGroup> groups)
    {
        List<List<FusedParameter>> collected = [];
        foreach (var group in groups)
        {
            List<FusedParameter> taken = [];
            collected.Add(taken);
            foreach (var parameter in group.Parameters)
            {
                var reference = TorchSharpNative.Gradient(parameter.Handle);
                if (reference == 0)
                    continue;
                if (TryTake(parameter, new NativeTensor(reference)) is { } fused)
                {
                    taken.Add(fused);
                    continue;
                }
                StableInterface.DeleteReference((ulong)reference);
                foreach (var other in collected.SelectMany(parameters => parameters))
                    StableInterface.DeleteReference(other.Gradient);
                return null;
            }
        }
        return collected;
    }

    /// <summary>Converts a part of a state to the memory layout of the parameter, from which loaded states may differ.</summary>
    /// <returns>A new reference to the part of the state.</returns>
    public static ulong Align(in FusedParameter fused, ref torch.Tensor state)
    {
        if (!fused.IsContiguous || !new NativeTensor(state.Handle).IsContiguous)
        {
            var aligned = LikeParameter(fused.Parameter, state);
            if (!ReferenceEquals(aligned, state))
            {
                state.Dispose();
                state = aligned.DetachFromDisposeScope();
            }
        }
        return StableInterface.NewReference(state);
    }

    private static FusedParameter? TryTake(Parameter parameter, NativeTensor gradient)
    {
        var weight = new NativeTensor(parameter.Handle);
        var type = weight.Type;
        if (!weight.IsOnCpu || !gradient.IsOnCpu || gradient.Type != type || !gradient.IsStrided
            || type is not (torch.ScalarType.Float32 or torch.ScalarType.Float64 or torch.ScalarType.BFloat16 or torch.ScalarType.Float16))
        {
            return null;
        }
        var count = 1L;
        foreach (var size in weight.Sizes)
            count *= size;
        if (weight.IsContiguous)
        {
            if (gradient.IsContiguous)
                return new(parameter, (ulong)gradient.Handle, type, count, IsContiguous: true);
        }
        else if (!IsDense(parameter))
        {
            return null;
        }
        using var own = torch.Tensor.UnsafeCreateTensor(gradient.Handle);
        return new(parameter, StableInterface.NewReference(LikeParameter(parameter, own)), type, count, weight.IsContiguous);
    }

    /// <summary>Returns a tensor in the memory layout of the parameter: the tensor itself, or a copy.</summary>
    private static torch.Tensor LikeParameter(torch.Tensor parameter, torch.Tensor tensor)
    {
        if (parameter.is_contiguous() ? tensor.is_contiguous() : parameter.stride().AsSpan().SequenceEqual(tensor.stride()))
            return tensor;
        return torch.empty_like(parameter).copy_(tensor);
    }

    /// <summary>Returns whether the tensor is dense: its elements have no gaps or overlaps in memory, in any order of dimensions.</summary>
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
