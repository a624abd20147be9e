using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// The default random stream at the places from which an interrupted epoch is resumed to the same bits: the order of the epoch is drawn again from
/// the state at its start, then the state at the interruption is restored.
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
            Agree(fit.Replicas);
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

    /// <summary>Gives all processes the state of the first: they draw the same order, and each takes its share of it.</summary>
    private static void Agree(Replicas replicas)
    {
        if (!replicas.AreSeveral)
            return;
        using var state = random.get_rng_state();
        random.set_rng_state(replicas.Broadcast(state));
    }
}
