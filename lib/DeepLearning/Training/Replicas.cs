using DeepLearning.Data;
using DeepLearning.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>The processes that train one model together. This class is for a single process, which has nothing to exchange.</summary>
internal class Replicas : IDisposable
{
    protected Replicas(nn.Module<Tensor, Tensor> model) => Model = model;

    /// <summary>Gets whether this process shows progress and writes files.</summary>
    public virtual bool IsFirst => true;

    /// <summary>Gets whether there are other processes.</summary>
    public virtual bool AreSeveral => false;

    /// <summary>Gets the module to call in training: after its backward pass all processes have the mean of their gradients.</summary>
    public nn.Module<Tensor, Tensor> Model { get; protected init; }

    /// <summary>Returns this process alone.</summary>
    public static Replicas Single(nn.Module<Tensor, Tensor> model) => new(model);

    /// <summary>Returns the processes of torch.distributed, when it is initialized; else this process alone.</summary>
    public static Replicas Of(nn.Module<Tensor, Tensor> model) =>
        torch.distributed.is_initialized() ? new DistributedReplicas(model) : new Replicas(model);

    /// <summary>Returns this process's batches.</summary>
    /// <param name="all">The batches of all processes.</param>
    /// <param name="even">Whether all processes get the same number, so that batches at the end are left out; else every batch goes to one of them.</param>
    public virtual IBatches Shard(IBatches all, bool even) => all;

    /// <summary>Keeps gradients from being averaged until the result is disposed: for batches whose gradients are only accumulated.</summary>
    public virtual IDisposable? NoSync() => null;

    /// <summary>Adds up the tensors of all processes, in place.</summary>
    public virtual Tensor AllReduce(Tensor part) => part;

    /// <summary>Copies the first process's tensor to all processes, in place.</summary>
    public virtual Tensor Broadcast(Tensor own) => own;

    /// <summary>Returns the states of a metric in all processes as one; the caller disposes it.</summary>
    /// <param name="state">This process's state, Float64 in one dimension on the CPU.</param>
    /// <param name="reduction">How the states are combined.</param>
    public virtual Tensor Combine(Tensor state, StateReduction reduction) => state.clone();

    /// <summary>Returns true if the condition holds in any process.</summary>
    public virtual bool Any(bool own) => own;

    public virtual void Dispose()
    {
    }
}
