using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Runs;

/// <summary>Sums over the batches of an epoch, kept on the device: nothing waits for it until they are read.</summary>
internal sealed class BatchTotals : IDisposable
{
    private readonly Tensor _loss;
    private readonly Tensor _correct;
    private long _lossSamples;
    private long _samples;

    public BatchTotals(Device device)
    {
        _loss = zeros([], ScalarType.Float64, device).DetachFromDisposeScope();
        _correct = zeros([], ScalarType.Int64, device).DetachFromDisposeScope();
    }

    public double MeanLoss => _loss.cpu().item<double>() / _lossSamples;

    public double Accuracy => (double)_correct.cpu().item<long>() / _samples;

    /// <summary>A mean over <paramref name="samples"/> counts as often as there are samples, so that a short last batch counts for less.</summary>
    public void AddLoss(Tensor loss, long samples)
    {
        using var detached = loss.detach();
        _loss.add_(detached, samples);
        _lossSamples += samples;
    }

    public void AddCorrect(Tensor predictions, Tensor labels)
    {
        using var untracked = no_grad();
        using var classes = predictions.argmax(1);
        using var equal = classes.eq(labels);
        using var count = equal.sum();
        _correct.add_(count);
        _samples += labels.shape[0];
    }

    public void Dispose()
    {
        _loss.Dispose();
        _correct.Dispose();
    }
}
