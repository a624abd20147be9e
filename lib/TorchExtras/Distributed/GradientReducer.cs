using static TorchSharp.torch;

namespace TorchSharp.Distributed;

/// <summary>
/// Keeps a module equal in all processes: broadcasts its parameters and buffers at the start, then averages its gradients after every backward.
/// </summary>
internal sealed class GradientReducer : IDisposable
{
    private const long FirstBucketBytes = 1L << 20;

    private readonly nn.Module _module;
    private readonly ProcessGroup _group;
    private readonly bool _broadcastsBuffers;
    private readonly GradientBucket[] _buckets;
    private bool _hasTrained;
    private bool _isDisposed;

    /// <param name="module">The module, which is already on its device.</param>
    /// <param name="group">The process group.</param>
    /// <param name="broadcastsBuffers">Whether the buffers of rank 0 are broadcast before each forward that follows a training step.</param>
    /// <param name="bucketMegabytes">The maximum size of a bucket, in megabytes.</param>
    public GradientReducer(nn.Module module, ProcessGroup group, bool broadcastsBuffers, double bucketMegabytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bucketMegabytes);
        (_module, _group, _broadcastsBuffers) = (module, group.Usable(), broadcastsBuffers);
        var trained = module.parameters().Where(parameter => parameter.requires_grad).ToList();
        if (trained.Count == 0)
            throw new ArgumentException("The module has no parameter that requires a gradient, so DistributedDataParallel has no gradients to average.", nameof(module));
        ModelVerification.Check(group, module);
        BroadcastAll([.. module.parameters(), .. module.buffers()]);
        var bytes = (long)(bucketMegabytes * (1 << 20));
        _buckets = group.Size == 1 ? [] : GradientBucket.Cut(trained, Math.Min(FirstBucketBytes, bytes), bytes);
    }

    /// <summary>Gets or sets a value that indicates whether the next backward averages gradients; if false, gradients accumulate locally.</summary>
    public bool Averages { get; set; } = true;

    private bool IsNeeded => Averages && _buckets.Length > 0 && is_grad_enabled();

    /// <summary>Gets the process group.</summary>
    public ProcessGroup Group => _group;

    private void BeforeForward()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(Modules.DistributedDataParallel<Tensor, Tensor>));
        _group.Usable();
        if (_broadcastsBuffers && _hasTrained)
            BroadcastAll([.. _module.buffers()]);
        _hasTrained = Averages && is_grad_enabled();
    }

    /// <summary>Calls the module; its backward is followed by a reduction.</summary>
    /// <param name="inputs">The inputs: tensors or nested structures of tensors.</param>
    /// <param name="call">A function that calls the module with inputs.</param>
    public TResult Forward<TResult>(object?[] inputs, Func<object?[], TResult> call)
    {
        BeforeForward();
        return IsNeeded ? ReducedBackward.Run(this, inputs, call) : call(inputs);
    }

    /// <summary>Replaces all gradients with their means over the processes.</summary>
    public void Reduce()
    {
        var works = new List<Work>();
        foreach (var bucket in _buckets)
            works.Add(bucket.Start(_group));
        for (var i = 0; i < _buckets.Length; i++)
        {
            works[i].wait();
            _buckets[i].Finish(_group.Size);
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        foreach (var bucket in _buckets)
            bucket.Dispose();
    }

    private void BroadcastAll(Tensor[] tensors)
    {
        if (_group.Size == 1)
            return;
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        foreach (var tensor in tensors)
        {
            var whole = tensor.detach();
            if (whole.is_contiguous())
            {
                Collectives.Finish(Collectives.Broadcast(_group, whole, root: 0));
                continue;
            }
            var packed = whole.contiguous();
            Collectives.Finish(Collectives.Broadcast(_group, packed, root: 0));
            whole.copy_(packed);
        }
    }
}
