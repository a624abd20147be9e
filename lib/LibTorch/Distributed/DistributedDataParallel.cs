using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Stops a module's processes from averaging until it is disposed.</summary>
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

/// <summary>
/// A module that several processes train together, each on its own share of the batch: after backward all have the mean of their gradients.
/// It owns the module inside, whose parts have their names after "module.". See
/// <see href="https://pytorch.org/docs/stable/generated/torch.nn.parallel.DistributedDataParallel.html">DistributedDataParallel</see>.
/// </summary>
public sealed class DistributedDataParallel<T, TResult> : nn.Module<T, TResult>
{
    private readonly GradientReducer _reducer;

    internal DistributedDataParallel(nn.Module<T, TResult> module, distributed.ProcessGroup group, ReducerOptions options)
        : base("DistributedDataParallel")
    {
        _reducer = new GradientReducer(module, group, options);
        this.module = module;
        register_module(nameof(module), module);
    }

    /// <summary>The module inside.</summary>
    public nn.Module<T, TResult> module { get; }

    /// <summary>Until the result is disposed, gradients add up in each process by itself; the first backward after it averages the sums.</summary>
    public IDisposable no_sync() => new WithoutAveraging(_reducer);

    public override TResult forward(T input)
    {
        _reducer.BeforeForward();
        var output = module.call(input);
        _reducer.BeforeBackward(output);
        return output;
    }

    protected override void Dispose(bool disposing)
    {
        _reducer.Dispose();
        base.Dispose(disposing);
    }
}

/// <inheritdoc cref="DistributedDataParallel{T, TResult}"/>
public sealed class DistributedDataParallel<T1, T2, TResult> : nn.Module<T1, T2, TResult>
{
    private readonly GradientReducer _reducer;

    internal DistributedDataParallel(nn.Module<T1, T2, TResult> module, distributed.ProcessGroup group, ReducerOptions options)
        : base("DistributedDataParallel")
    {
        _reducer = new GradientReducer(module, group, options);
        this.module = module;
        register_module(nameof(module), module);
    }

    /// <summary>The module inside.</summary>
    public nn.Module<T1, T2, TResult> module { get; }

    /// <inheritdoc cref="DistributedDataParallel{T, TResult}.no_sync"/>
    public IDisposable no_sync() => new WithoutAveraging(_reducer);

    public override TResult forward(T1 input1, T2 input2)
    {
        _reducer.BeforeForward();
        var output = module.call(input1, input2);
        _reducer.BeforeBackward(output);
        return output;
    }

    protected override void Dispose(bool disposing)
    {
        _reducer.Dispose();
        base.Dispose(disposing);
    }
}
