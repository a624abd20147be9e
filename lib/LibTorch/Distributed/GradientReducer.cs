using System.Collections;
using System.Runtime.CompilerServices;
using TorchSharp.Native;
using static TorchSharp.torch;
using static TorchSharp.torch.distributed;

namespace TorchSharp;

/// <summary>How a module's gradients are averaged; named as PyTorch's parameters.</summary>
internal sealed record ReducerOptions(
    bool BroadcastBuffers, double BucketMegabytes, bool FindUnusedParameters, bool GradientAsBucketView, bool StaticGraph);

/// <summary>
/// Keeps one module the same in all processes: parameters and buffers at first, then gradients, which c10d's Reducer averages bucket by
/// bucket while backward still computes the others.
/// </summary>
internal sealed unsafe class GradientReducer : IDisposable
{
    private const long FirstBucketBytes = 1L << 20;

    private readonly nn.Module _module;
    private readonly ProcessGroup _group;
    private readonly ReducerOptions _options;
    private nint _handle;
    private bool _parametersMoved = true;

    public GradientReducer(nn.Module module, ProcessGroup group, ReducerOptions options)
    {
        (_module, _group, _options) = (module, group, options);
        var learned = module.named_parameters().Where(entry => entry.parameter.requires_grad).ToList();
        if (learned.Count == 0)
        {
            throw new ArgumentException(
                "DistributedDataParallel is not needed when a module has no parameter that requires a gradient.", nameof(module));
        }
        ModelAgreement.Check(group, module);
        group.BroadcastAll([.. module.parameters(), .. module.buffers()], source: 0);

        var bucketBytes = (long)(options.BucketMegabytes * (1 << 20));
        var parameters = learned.ConvertAll(entry => entry.parameter.Handle).ToArray();
        nint handle;
        fixed (nint* at = parameters)
        {
            Door.Check(Door.door_reducer_create(
                group.Handle, at, parameters.Length, [.. learned.Select(entry => entry.name)], Math.Min(FirstBucketBytes, bucketBytes), bucketBytes,
                options.FindUnusedParameters ? 1 : 0, options.GradientAsBucketView ? 1 : 0, options.StaticGraph ? 1 : 0, &handle));
        }
        GC.KeepAlive(learned);
        _handle = handle;
    }

    ~GradientReducer() => Release();

    /// <summary>Whether the next backward averages; otherwise gradients add up in each process by itself.</summary>
    public bool Averages { get; set; } = true;

    private nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException("DistributedDataParallel");

    public void BeforeForward()
    {
        if (is_grad_enabled())
            Door.Check(Door.door_reducer_before_forward(Handle, Averages ? 1 : 0));
        if (!_parametersMoved || !_options.BroadcastBuffers)
            return;
        Tensor[] buffers = [.. _module.buffers()];
        if (buffers.Length > 0)
            _group.BroadcastAll(buffers, source: 0);
    }

    public void BeforeBackward(object? outputs)
    {
        _parametersMoved = is_grad_enabled() && Averages;
        if (!_parametersMoved)
            return;
        var reached = _options is { FindUnusedParameters: true, StaticGraph: false } ? TensorsOf(outputs).ToArray() : [];
        nint[] handles = Array.ConvertAll(reached, tensor => tensor.Handle);
        fixed (nint* at = handles)
            Door.Check(Door.door_reducer_before_backward(Handle, at, handles.Length));
        GC.KeepAlive(reached);
    }

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private static IEnumerable<Tensor> TensorsOf(object? outputs) => outputs switch
    {
        Tensor tensor => [tensor],
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(index => TensorsOf(tuple[index])),
        IDictionary entries => entries.Values.Cast<object?>().SelectMany(TensorsOf),
        IEnumerable several and not string => several.Cast<object?>().SelectMany(TensorsOf),
        _ => [],
    };

    private void Release()
    {
        if (Interlocked.Exchange(ref _handle, 0) is var handle and not 0)
            Door.door_reducer_release(handle);
    }
}
