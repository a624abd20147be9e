using DeepLearning.Data;
using DeepLearning.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>The processes of distributed training. The base class is for a single process, without communication.</summary>
internal class Replicas : IDisposable
{
    protected Replicas(nn.Module<Tensor, Tensor> model) => Model = model;

    /// <summary>Gets a value that indicates whether this process shows progress and writes files.</summary>
    public virtual bool IsFirst => true;

    /// <summary>Gets a value that indicates whether there are other processes.</summary>
    public virtual bool AreSeveral => false;

    /// <summary>Gets the module for training: after its backward pass, all processes have the mean of their gradients.</summary>
    public nn.Module<Tensor, Tensor> Model { get; protected init; }

    /// <summary>Returns replicas of a single process.</summary>
    public static Replicas Single(nn.Module<Tensor, Tensor> model) => new(model);

    /// <summary>Returns the processes of torch.distributed if it is initialized; else a single process.</summary>
    public static Replicas Of(nn.Module<Tensor, Tensor> model) =>
        torch.distributed.is_initialized() ? new DistributedReplicas(model) : new Replicas(model);

    /// <summary>Returns the batches of this process.</summary>
    /// <param name="all">The batches of all processes.</param>
    /// <param name="even">
    /// Whether all processes get the same number of batches, and the remaining batches are skipped; if false, all batches are distributed.
    /// </param>
    public virtual IBatches Shard(IBatches all, bool even) => all;

    /// <summary>Disables the averaging of gradients until the result is disposed of, for batches that only accumulate gradients.</summary>
    public virtual IDisposable? NoSync() => null;

    /// <summary>Sums the tensors of all processes, in place.</summary>
    public virtual Tensor AllReduce(Tensor part) => part;

    /// <summary>Copies the tensor of the first process to all processes, in place.</summary>
    public virtual Tensor Broadcast(Tensor own) => own;

    /// <summary>Returns the combined state of a metric in all processes; the caller disposes of it.</summary>
    /// <param name="state">This process's state, Float64 in one dimension on the CPU.</param>
    /// <param name="reduction">How the states are combined.</param>
    public virtual Tensor Combine(Tensor state, StateReduction reduction) => state.clone();

    /// <summary>Returns whether a condition holds in any process.</summary>
    public virtual bool Any(bool own) => own;

    public virtual void Dispose()
    {
    }
}
