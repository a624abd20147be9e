using DeepLearning.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// Buffers the losses of steps until they are read into the history. On the CPU, each loss is read at once. Reading from another device waits for the
/// device, so many losses are read together.
/// </summary>
internal sealed class LossBuffer(FitState fit) : IDisposable
{
    private readonly int _capacity = fit.Options.LossesPerRead ?? (fit.Device.type == DeviceType.CPU ? 1 : 64);
    private readonly List<Tensor> _unread = [];

    /// <summary>Adds the loss of a step.</summary>
    /// <exception cref="TrainingDivergedException">The losses were read, and a loss is infinite or NaN.</exception>
    public void Record(Tensor loss)
    {
        if (_capacity == 1 && CpuValues.Of(loss) is { } value)
        {
            fit.History.Add(value);
            if (!double.IsFinite(value))
                throw Diverged(fit.History.StepLosses.Count, isInBatch: true);
            return;
        }
        _unread.Add(loss.detach().DetachFromDisposeScope());
        if (_unread.Count == _capacity)
            Read(isInBatch: true);
    }

    /// <summary>Reads the losses into the history.</summary>
    /// <exception cref="TrainingDivergedException">A loss is infinite or NaN.</exception>
    public void Read() => Read(isInBatch: false);

    public void Dispose()
    {
        foreach (var loss in _unread)
            loss.Dispose();
        _unread.Clear();
    }

    private void Read(bool isInBatch)
    {
        if (_unread.Count == 0)
            return;
        using var scope = NewDisposeScope();
        var losses = _unread.Count == 1 ? _unread[0] : stack(_unread);
        var first = fit.History.StepLosses.Count + 1;
        var diverged = -1;
        foreach (var value in losses.to(ScalarType.Float64).cpu().data<double>())
        {
            fit.History.Add(value);
            if (diverged < 0 && !double.IsFinite(value))
                diverged = fit.History.StepLosses.Count;
        }
        Dispose();
        if (diverged >= first)
            throw Diverged(diverged, isInBatch);
    }

    private TrainingDivergedException Diverged(int step, bool isInBatch) =>
        new(fit.EpochsDone + 1, step, fit.StepLearningRate, isInBatch ? NonFiniteTensor() : null);

    /// <summary>Returns "inputs" or "targets" if the current batch has infinite or NaN values there; else null.</summary>
    private string? NonFiniteTensor()
    {
        using var untracked = no_grad();
        return !IsFinite(fit.Inputs!) ? "inputs" : !IsFinite(fit.Targets!) ? "targets" : null;
    }

    private static bool IsFinite(Tensor values) => !values.is_floating_point() || values.isfinite().all().item<bool>();
}
