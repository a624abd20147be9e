using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Distributed;

/// <summary>A group of parameters whose gradients are reduced as one flat tensor.</summary>
/// <remarks>
/// The flat tensor ends with a flag for each parameter: 1 if this process has a gradient. The sums of the flags show which parameters were used in
/// any process; parameters that no process used get no gradient.
/// </remarks>
internal sealed class GradientBucket : IDisposable
{
    private readonly Parameter[] _parameters;
    private readonly Tensor _flat;
    private readonly Tensor[] _places;
    private readonly Tensor _values;
    private readonly Tensor _used;

    public GradientBucket(Parameter[] parameters)
    {
        _parameters = parameters;
        using var untracked = no_grad();
        // 16-bit gradients are summed in 32 bits
        var type = parameters[0].dtype is ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var elements = parameters.Sum(parameter => parameter.numel());
        _flat = zeros(elements + parameters.Length, type, parameters[0].device).DetachFromDisposeScope();
        _values = _flat.narrow(0, 0, elements).DetachFromDisposeScope();
        _used = _flat.narrow(0, elements, parameters.Length).DetachFromDisposeScope();
        _places = new Tensor[parameters.Length];
        long start = 0;
        for (var i = 0; i < parameters.Length; i++)
        {
            using var place = _flat.narrow(0, start, parameters[i].numel());
            _places[i] = place.view(parameters[i].shape).DetachFromDisposeScope();
            start += parameters[i].numel();
        }
    }

    /// <summary>Gets the parameters.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Splits parameters into buckets, from the last parameter to the first, because backward computes the last gradients first.</summary>
    /// <param name="parameters">The parameters in the order of the module.</param>
    /// <param name="firstBytes">The maximum size of the first bucket, which is smaller so that the first reduction starts early.</param>
    /// <param name="bytes">The maximum size of the other buckets; a larger parameter has a separate bucket.</param>
    public static GradientBucket[] Cut(IEnumerable<Parameter> parameters, long firstBytes, long bytes)
    {
        var buckets = new List<List<Parameter>>();
        long size = 0;
        foreach (var parameter in parameters.Reverse())
        {
            var own = parameter.numel() * parameter.element_size();
            var limit = buckets.Count <= 1 ? firstBytes : bytes;
            if (buckets.Count == 0 || size + own > limit || buckets[^1][0].dtype != parameter.dtype || buckets[^1][0].device.ToString() != parameter.device.ToString())
            {
                buckets.Add([]);
                size = 0;
            }
            buckets[^1].Add(parameter);
            size += own;
        }
        return [.. buckets.Select(bucket => new GradientBucket([.. bucket]))];
    }

    /// <summary>Copies the gradients to the flat tensor and starts the sum over all processes.</summary>
    public Work Start(ProcessGroup group)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var used = new float[_parameters.Length];
        for (var i = 0; i < _parameters.Length; i++)
        {
            if (_parameters[i].grad is { } gradient)
            {
                _places[i].copy_(gradient);
                used[i] = 1;
            }
            else
            {
                _places[i].zero_();
            }
        }
        _used.copy_(tensor(used));
        return Collectives.AllReduce(group, _flat, ReduceOp.SUM);
    }

    /// <summary>Sets the gradients of the parameters to the means, after the work is done.</summary>
    public void Finish(int processes)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using Scalar count = processes; // kept alive during the call, because TorchSharp does not keep it alive
        _values.div_(count);
        var used = _used.cpu().to(ScalarType.Float64).data<double>().ToArray();
        for (var i = 0; i < _parameters.Length; i++)
        {
            if (used[i] == 0)
                continue;
            if (_parameters[i].grad is { } gradient)
                gradient.copy_(_places[i]);
            else
                _parameters[i].grad = _places[i].to(_parameters[i].dtype, copy: true).DetachFromDisposeScope();
        }
    }

    public void Dispose()
    {
        foreach (var place in _places)
            place.Dispose();
        _values.Dispose();
        _used.Dispose();
        _flat.Dispose();
    }
}
