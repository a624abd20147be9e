using static TorchSharp.torch;

namespace TorchSharp.Distributed;

/// <summary>Packs lists of tensors, one for each process, into one tensor for the transfer.</summary>
internal static class TensorList
{
    /// <summary>Returns a tensor that receives the tensors of all processes, and an action that copies it to the list.</summary>
    public static (Tensor Whole, Action Spread) Receiving(ProcessGroup group, IList<Tensor> list, Tensor tensor)
    {
        Check(group, list, tensor);
        using var untracked = no_grad();
        var whole = empty([group.Size, .. tensor.shape], tensor.dtype, tensor.device).DetachFromDisposeScope();
        return (whole, () =>
        {
            using var scope = NewDisposeScope();
            using var untracked = no_grad();
            for (var rank = 0; rank < list.Count; rank++)
                list[rank].copy_(whole.select(0, rank).view(list[rank].shape));
            whole.Dispose();
        }
        );
    }

    /// <summary>Returns the tensors for all processes as one tensor.</summary>
    public static Tensor Sending(ProcessGroup group, IList<Tensor> list, Tensor tensor)
    {
        Check(group, list, tensor);
        using var untracked = no_grad();
        Tensor[] flat = [.. list.Select(part => part.reshape(-1))];
        var whole = cat(flat).DetachFromDisposeScope();
        foreach (var part in flat)
            part.Dispose();
        return whole;
    }

    public static void CheckRoom(ProcessGroup group, Tensor output, Tensor input)
    {
        if (output.numel() != input.numel() * group.Size || output.dtype != input.dtype || !output.is_contiguous())
        {
            throw new ArgumentException(
                $"{group.Size} tensors of {TransferBuffer.Shape(input)} ({input.dtype}) are gathered into a contiguous tensor of the same type with {group.Size} "
                + $"times as many elements, not into {TransferBuffer.Shape(output)} ({output.dtype}).", nameof(output));
        }
    }

    private static void Check(ProcessGroup group, IList<Tensor> list, Tensor tensor)
    {
        if (list.Count != group.Size)
            throw new ArgumentException($"The list needs a tensor for each of the {group.Size} processes, but it has {list.Count}.", nameof(list));
        if (list.FirstOrDefault(part => part.numel() != tensor.numel() || part.dtype != tensor.dtype) is { } other)
        {
            throw new ArgumentException(
                $"The tensors of the list must have the type and the number of elements of {TransferBuffer.Shape(tensor)} ({tensor.dtype}); one is "
                + $"{TransferBuffer.Shape(other)} ({other.dtype}).", nameof(list));
        }
    }
}
