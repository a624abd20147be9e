using DeepLearning.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>The processes that train one model together. This class is for one process alone, which has nothing to exchange.</summary>
internal class Replicas : IDisposable
{
    protected Replicas(nn.Module<Tensor, Tensor> model) => Model = model;

    /// <summary>Gets whether this process shows progress and writes files.</summary>
    public virtual bool IsFirst => true;

    /// <summary>Gets whether there are other processes.</summary>
    public virtual bool AreSeveral => false;

    /// <summary>Gets the module to call in training: after its backward all processes have the mean of their gradients.</summary>
    public nn.Module<Tensor, Tensor> Model { get; protected init; }

    /// <summary>Returns the processes of torch.distributed, when it is initialized; else this process alone.</summary>
    public static Replicas Of(nn.Module<Tensor, Tensor> model) =>
        torch.distributed.is_initialized() ? new DistributedReplicas(model) : new Replicas(model);

    /// <summary>Returns this process's share of the batches; all shares have the same length.</summary>
    public virtual IBatches Share(IBatches all) => all;

    /// <summary>Returns this process's share of the batches; every batch is in one share.</summary>
    public virtual IBatches ShareAll(IBatches all) => all;

    /// <summary>Keeps gradients apart until the result is disposed of: for batches that only accumulate.</summary>
    public virtual IDisposable? Apart() => null;

    /// <summary>Adds up the tensors of all processes, in place.</summary>
    public virtual Tensor Sum(Tensor part) => part;

    /// <summary>Copies the first process's tensor to all, in place.</summary>
    public virtual Tensor OfFirst(Tensor own) => own;

    /// <summary>Returns whether the condition holds in any process.</summary>
    public virtual bool Any(bool own) => own;

    public virtual void Dispose()
    {
    }
}
