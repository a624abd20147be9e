using DeepLearning.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>Accumulates the loss and the metrics of an epoch on the device, without synchronization until they are read.</summary>
internal sealed class ScoreTotals : IDisposable
{
    private const string LossName = "loss", SamplesName = "samples", MetricsName = "metrics";

    private readonly Metric[] _metrics;
    private readonly Device _device;
    private readonly Tensor _loss;
    // what was read at once, on the CPU
    private double _lossOnCpu;

    /// <param name="metrics">The metrics in addition to the loss; they are cloned.</param>
    /// <param name="device">The device of the batches.</param>
    public ScoreTotals(IReadOnlyList<Metric> metrics, Device device)
    {
        _metrics = [.. metrics.Select(metric => metric.Clone())];
        _device = device;
        _loss = zeros([1], ScalarType.Float64, device).DetachFromDisposeScope();
    }

    /// <summary>Gets the number of samples.</summary>
    public long Samples { get; private set; }

    /// <param name="loss">The mean loss of the batch.</param>
    /// <param name="outputs">The model's outputs.</param>
    /// <param name="targets">The targets.</param>
    public void Add(Tensor loss, Tensor outputs, Tensor targets)
    {
        AddLoss(loss, targets.shape[0]);
        AddMetrics(outputs, targets);
    }

    /// <summary>Adds the mean loss of a batch, weighted by its number of samples, so that a shorter last batch counts less.</summary>
    public void AddLoss(Tensor loss, long samples)
    {
        Samples += samples;
        if (CpuValues.Of(loss) is { } value)
        {
            _lossOnCpu += samples * value;
            return;
        }
        using var untracked = no_grad();
        using Scalar count = samples; // kept alive during the call, because TorchSharp does not keep it alive
        _loss.add_(loss, count);
    }

    public void AddMetrics(Tensor outputs, Tensor targets)
    {
        foreach (var metric in _metrics)
            metric.Update(outputs, targets);
    }

    public void Clear()
    {
        using var untracked = no_grad();
        using Scalar zero = 0; // kept alive during the call, because TorchSharp does not keep it alive
        _loss.fill_(zero); // TorchSharp's zero_() returns a second handle that lives until it is finalized
        (Samples, _lossOnCpu) = (0, 0);
        foreach (var metric in _metrics)
            metric.Reset();
    }

    /// <summary>Returns the combined state of all processes, in the plain containers of a checkpoint. All processes must call this method.</summary>
    public Dictionary<string, object?> Save(Replicas replicas)
    {
        var (loss, samples) = Combine(replicas);
        return new()
        {
            [LossName] = loss,
            [SamplesName] = samples,
            [MetricsName] = _metrics.ToDictionary(metric => metric.Name, metric => (object?)Combine(metric, replicas)),
        };
    }

    /// <summary>Restores a state.</summary>
    /// <exception cref="InvalidOperationException">The state has other metrics.</exception>
    public void Restore(object? content)
    {
        var saved = (Dictionary<object, object?>)content!;
        var states = (Dictionary<object, object?>)saved[MetricsName]!;
        if (!states.Keys.Cast<string>().ToHashSet().SetEquals(_metrics.Select(metric => metric.Name)))
        {
            throw new InvalidOperationException(
                $"The checkpoint was written within an epoch with the metrics [{string.Join(", ", states.Keys)}]; this training has "
                + $"[{string.Join(", ", _metrics.Select(metric => metric.Name))}]. Resume with the same metrics, and change them after the epoch.");
        }
        Clear();
        using Scalar loss = (double)saved[LossName]!;
        using (no_grad())
            _loss.fill_(loss);
        Samples = (long)saved[SamplesName]!;
        foreach (var metric in _metrics)
            metric.LoadState((Tensor)states[metric.Name]!, _device);
    }

    /// <summary>Returns the scores over all processes. All processes must call this method; it waits for the device.</summary>
    /// <exception cref="InvalidOperationException">There are no samples.</exception>
    public Scores Read(Replicas replicas)
    {
        if (!replicas.AreSeveral)
            return Read();
        var (loss, samples) = Combine(replicas);
        return Mean(loss, samples, metric =>
        {
            using var state = Combine(metric, replicas);
            using var all = metric.Clone();
            all.LoadState(state, CPU);
            return all.Compute();
        });
    }

    /// <summary>Returns the scores of this process. The method waits for the device.</summary>
    /// <exception cref="InvalidOperationException">There are no samples.</exception>
    public Scores Read()
    {
        using var loss = _loss.cpu();
        return Mean(loss.ToDouble() + _lossOnCpu, Samples, metric => metric.Compute());
    }

    public void Dispose()
    {
        foreach (var metric in _metrics)
            metric.Dispose();
        _loss.Dispose();
    }

    private (double Loss, long Samples) Combine(Replicas replicas)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var sums = replicas.AllReduce(tensor([_loss.cpu().ToDouble() + _lossOnCpu, Samples])).data<double>();
        return (sums[0], (long)sums[1]);
    }

    private static Tensor Combine(Metric metric, Replicas replicas)
    {
        using var state = metric.SaveState();
        return replicas.Combine(state, metric.Reduction);
    }

    private Scores Mean(double loss, long samples, Func<Metric, double> compute) => samples == 0
        ? throw new InvalidOperationException("There was no batch to measure on.")
        : new Scores(loss / samples, _metrics.ToDictionary(metric => metric.Name, compute));
}
