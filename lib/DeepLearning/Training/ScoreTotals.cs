using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>Sums over the batches of an epoch, kept on the device: nothing waits for it until they are read.</summary>
internal sealed class ScoreTotals : IDisposable
{
    private readonly IReadOnlyList<Metric> _metrics;
    private readonly Tensor _sums;
    private readonly Tensor[] _parts;
    private long _measured;

    /// <param name="metrics">What is measured beside the loss.</param>
    /// <param name="device">Where the batches are.</param>
    public ScoreTotals(IReadOnlyList<Metric> metrics, Device device)
    {
        _metrics = metrics;
        _sums = zeros([metrics.Count + 1], ScalarType.Float64, device).DetachFromDisposeScope();
        _parts = [.. _sums.unbind().Select(part => part.DetachFromDisposeScope())];
    }

    /// <summary>How many samples there were.</summary>
    public long Samples { get; private set; }

    /// <param name="loss">The mean loss of the batch.</param>
    /// <param name="outputs">What the network gave.</param>
    /// <param name="targets">What it should give.</param>
    public void Add(Tensor loss, Tensor outputs, Tensor targets)
    {
        AddLoss(loss, targets.shape[0]);
        AddMetrics(outputs, targets);
    }

    /// <summary>A mean over <paramref name="samples"/> counts as often as there are samples, so that a short last batch counts for less.</summary>
    public void AddLoss(Tensor loss, long samples)
    {
        using var untracked = no_grad();
        _parts[0].add_(loss, samples);
        Samples += samples;
    }

    public void AddMetrics(Tensor outputs, Tensor targets)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        for (var i = 0; i < _metrics.Count; i++)
            _parts[i + 1].add_(_metrics[i].Sum(outputs, targets));
        _measured += targets.shape[0];
    }

    /// <summary>Goes on from sums that were taken before.</summary>
    public void Restore(Tensor sums, long samples)
    {
        using var untracked = no_grad();
        _sums.copy_(sums);
        Samples = _measured = samples;
    }

    public void Clear()
    {
        using var untracked = no_grad();
        _sums.fill_(0); // TorchSharp's zero_() returns a second handle that lives until it is finalized
        Samples = _measured = 0;
    }

    /// <summary>What all processes have added: the sums, Float64 [1 + metrics] on the CPU, the loss first; and the samples.</summary>
    public (Tensor Sums, long Samples) Together(Replicas replicas)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var all = replicas.Sum(cat([_sums, tensor([(double)Samples], device: _sums.device)])).cpu();
        return (all.narrow(0, 0, _sums.numel()).clone().MoveToOuterDisposeScope(), (long)all[-1].item<double>());
    }

    /// <summary>Reads the means of all processes; waits for the device.</summary>
    /// <exception cref="InvalidOperationException">There was no sample.</exception>
    public Scores Read(Replicas replicas)
    {
        var (sums, samples) = Together(replicas);
        using (sums)
            return Means(sums, samples, samples);
    }

    /// <summary>Reads the means of this process; waits for the device.</summary>
    /// <exception cref="InvalidOperationException">There was no sample.</exception>
    public Scores Read()
    {
        using var sums = _sums.cpu();
        return Means(sums, Samples, _measured);
    }

    public void Dispose()
    {
        foreach (var part in _parts)
            part.Dispose();
        _sums.Dispose();
    }

    private Scores Means(Tensor totals, long samples, long measured)
    {
        if (samples == 0)
            throw new InvalidOperationException("There was no batch to measure on.");
        var sums = totals.data<double>();
        var means = new Dictionary<string, double>();
        for (var i = 0; i < _metrics.Count; i++)
            means[_metrics[i].Name] = sums[i + 1] / measured;
        return new Scores(sums[0] / samples, means);
    }
}
