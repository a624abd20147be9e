using TorchSharp.Distributed;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Wraps a module for distributed training: each process computes its share of the batch, and backward averages the gradients of all processes.
/// See <see href="https://pytorch.org/docs/stable/generated/torch.nn.parallel.DistributedDataParallel.html">DistributedDataParallel</see>.
/// </summary>
/// <remarks>
/// <para>
/// The names of parameters and buffers of the wrapped module have the prefix "module.". Gradients are reduced in flat buckets within
/// <c>backward()</c>, after the gradients of the module are complete: TorchSharp has no hooks on parameters, which would allow an earlier start. For
/// a parameter that only some processes use, the other processes contribute zeros to the mean.
/// </para>
/// <para>
/// If a reduction fails, <c>backward()</c> throws; the cause is written to the standard error stream, and the next call of the module or of
/// torch.distributed throws it again.
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

    /// <summary>Gets the wrapped module.</summary>
    public nn.Module<T, TResult> module { get; }

    /// <summary>
    /// Disables the averaging of gradients until the result is disposed of, so gradients accumulate locally; the first backward afterward averages
    /// the sums. As in PyTorch, the forward call of the module is decisive.
    /// </summary>
    public IDisposable no_sync() => new WithoutAveraging(_reducer);

    /// <summary>Calls the wrapped module.</summary>
    public override TResult forward(T input) => _reducer.Forward([input], inputs => module.call((T)inputs[0]!));

#pragma warning disable CA2215
    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _reducer.Dispose();
        // the base class disposes of submodules
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

    /// <summary>Gets the wrapped module.</summary>
    public nn.Module<T1, T2, TResult> module { get; }

    /// <inheritdoc cref="DistributedDataParallel{T, TResult}.no_sync"/>
    public IDisposable no_sync() => new WithoutAveraging(_reducer);

    /// <summary>Calls the wrapped module.</summary>
    public override TResult forward(T1 input1, T2 input2) =>
        _reducer.Forward([input1, input2], inputs => module.call((T1)inputs[0]!, (T2)inputs[1]!));

#pragma warning disable CA2215
    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _reducer.Dispose();
        // the base class disposes of submodules
        if (_ownsModule)
            base.Dispose(disposing);
    }
#pragma warning restore CA2215
}

/// <summary>Disables the averaging of gradients until it is disposed of.</summary>
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
