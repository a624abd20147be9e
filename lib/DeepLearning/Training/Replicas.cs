using DeepLearning.Data;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>The processes that train one network together. This is a process by itself; there is nobody to agree with.</summary>
internal partial class Replicas : IDisposable
{
    protected Replicas(nn.Module<Tensor, Tensor> model) => Model = model;

    /// <summary>Whether this process is the one that shows and writes.</summary>
    public virtual bool IsFirst => true;

    /// <summary>Whether there are others.</summary>
    public virtual bool AreSeveral => false;

    /// <summary>What to call for training: after its backward all have the mean of all gradients.</summary>
    public nn.Module<Tensor, Tensor> Model { get; protected init; }

    public static Replicas Of(nn.Module<Tensor, Tensor> model)
    {
        Replicas? several = null;
        Find(model, ref several);
        return several ?? new Replicas(model);
    }

    /// <summary>This process's part of the batches: as many for each.</summary>
    public virtual IBatches Share(IBatches all) => all;

    /// <summary>This process's part of the batches: each batch in one part.</summary>
    public virtual IBatches ShareAll(IBatches all) => all;

    /// <summary>Until the result is disposed of, gradients stay each process's own: for batches that only accumulate.</summary>
    public virtual IDisposable? Apart() => null;

    /// <summary>Adds what all have up, in place.</summary>
    public virtual Tensor Sum(Tensor part) => part;

    /// <summary>What the first process has, for all; in place.</summary>
    public virtual Tensor OfFirst(Tensor own) => own;

    /// <summary>Whether it is true for any of them.</summary>
    public virtual bool Any(bool own) => own;

    public virtual void Dispose()
    {
    }

    /// <summary>Finds the others, where this build knows of any.</summary>
    static partial void Find(nn.Module<Tensor, Tensor> model, ref Replicas? several);
}
