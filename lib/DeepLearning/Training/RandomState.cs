using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// Manages the state of the default random generator, so that an interrupted epoch resumes with bit-equal results: the order of the epoch is drawn
/// again from the state at its start, then the state at the interruption is restored.
/// </summary>
internal sealed class RandomState : IDisposable
{
    private Tensor? _interrupted;

    /// <summary>Gets the state at the start of the current epoch, before its order was drawn; null before the first epoch.</summary>
    public Tensor? EpochStart { get; private set; }

    /// <summary>Resumes from the states of a checkpoint.</summary>
    public void Resume(Tensor epochStart, Tensor interrupted)
    {
        Dispose();
        (EpochStart, _interrupted) = (epochStart.DetachFromDisposeScope(), interrupted.DetachFromDisposeScope());
    }

    /// <summary>Returns the batches of an epoch, or of the rest of an interrupted one.</summary>
    public IEnumerable<(Tensor Inputs, Tensor Targets)> Batches(FitState fit)
    {
        if (fit.Batch > 0)
        {
            random.set_rng_state(EpochStart!);
        }
        else
        {
            Continue();
            Synchronize(fit.Replicas);
            EpochStart?.Dispose();
            EpochStart = random.get_rng_state().DetachFromDisposeScope();
        }
        foreach (var batch in Data.Batches.Take(fit.Train, skip: fit.Batch, most: fit.BatchesPerEpoch - fit.Batch))
        {
            Continue();
            yield return batch;
        }
        Continue();
    }

    public void Dispose()
    {
        EpochStart?.Dispose();
        _interrupted?.Dispose();
        (EpochStart, _interrupted) = (null, null);
    }

    private void Continue()
    {
        if (_interrupted is null)
            return;
        random.set_rng_state(_interrupted);
        _interrupted.Dispose();
        _interrupted = null;
    }

    /// <summary>Broadcasts the state of the first process, so that all processes draw the same order and use different shares of it.</summary>
    private static void Synchronize(Replicas replicas)
    {
        if (!replicas.AreSeveral)
            return;
        using var state = random.get_rng_state();
        random.set_rng_state(replicas.Broadcast(state));
    }
}
