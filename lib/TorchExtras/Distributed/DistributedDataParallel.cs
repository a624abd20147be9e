using TorchSharp.Distributed;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// A module that several processes train together, each on its own share of the batch: after backward all have the mean of their gradients.
/// See <see href="https://pytorch.org/docs/stable/generated/torch.nn.parallel.DistributedDataParallel.html">DistributedDataParallel</see>.
/// </summary>
/// <remarks>
/// <para>
/// Parameters and buffers of the module inside have their names after "module.". Gradients are reduced in flat buckets inside
/// <c>backward()</c>, once the module's gradients are complete: TorchSharp has no hooks on parameters with which the reduction could start earlier.
/// A parameter that only some processes use gets the mean over all, with zeros from the others.
/// </para>
/// <para>
/// Where a reduction fails, <c>backward()</c> throws; the cause is written to the standard error stream and thrown again by the next call of
/// the module or of torch.distributed.
/// </para>
/// </remarks>
public sealed class DistributedDataParallel<T, TResult> : nn.Module<T, TResult>
{
    private readonly GradientReducer _reducer;
    private readonly bool _ownsModule;

    internal DistributedDataParallel(nn.Module<T, TResult> module, GradientReducer reducer, bool ownsModule)
        : base("DistributedDataParallel")
    {
        (_reducer, _ownsModule) = (reducer, ownsModule);
        this.module = module;
        register_module(nameof(module), module);
    }

    /// <summary>Gets the module inside.</summary>
    public nn.Module<T, TResult> module { get; }

    /// <summary>
    /// Lets gradients add up in each process by itself until the result is disposed of; the first backward after it averages the sums. What counts
    /// is where the module is called, as in PyTorch.
    /// </summary>
    public IDisposable no_sync() => new WithoutAveraging(_reducer);

    /// <summary>Calls the module inside.</summary>
    public override TResult forward(T input) => _reducer.Forward([input], inputs => module.call((T)inputs[0]!));

#pragma warning disable CA2215
    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _reducer.Dispose();
        // the base disposes of all modules inside
        if (_ownsModule)
            base.Dispose(disposing);
    }
#pragma warning restore CA2215
}

/// <inheritdoc cref="DistributedDataParallel{T, TResult}"/>
public sealed class DistributedDataParallel<T1, T2, TResult> : nn.Module<T1, T2, TResult>
{
    private readonly GradientReducer _reducer;
    private readonly bool _ownsModule;

    internal DistributedDataParallel(nn.Module<T1, T2, TResult> module, GradientReducer reducer, bool ownsModule)
        : base("DistributedDataParallel")
    {
        (_reducer, _ownsModule) = (reducer, ownsModule);
        this.module = module;
        register_module(nameof(module), module);
    }

    /// <summary>Gets the module inside.</summary>
    public nn.Module<T1, T2, TResult> module { get; }

    /// <inheritdoc cref="DistributedDataParallel{T, TResult}.no_sync"/>
    public IDisposable no_sync() => new WithoutAveraging(_reducer);

    /// <summary>Calls the module inside.</summary>
    public override TResult forward(T1 input1, T2 input2) =>
        _reducer.Forward([input1, input2], inputs => module.call((T1)inputs[0]!, (T2)inputs[1]!));

#pragma warning disable CA2215
    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _reducer.Dispose();
        // the base disposes of all modules inside
        if (_ownsModule)
            base.Dispose(disposing);
    }
#pragma warning restore CA2215
}

/// <summary>Stops a module's processes from averaging until it is disposed of.</summary>
internal sealed class WithoutAveraging : IDisposable
{
    private readonly GradientReducer _reducer;
    private readonly bool _before;

    public WithoutAveraging(GradientReducer reducer)
    {
        (_reducer, _before) = (reducer, reducer.Averages);
        reducer.Averages = false;
    }

    public void Dispose() => _reducer.Averages = _before;
}
