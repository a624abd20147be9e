using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// An epoch's batches, such that one that was interrupted goes on to the same bits: the order is drawn again from where the random stream
/// was at the epoch's start, then the stream is set to where it was at the interruption.
/// </summary>
internal static class EpochRandomness
{
    public static IEnumerable<(Tensor Inputs, Tensor Targets)> Batches(FitState fit)
    {
        if (fit.Batch > 0)
        {
            random.set_rng_state(fit.EpochRandom!);
        }
        else
        {
            GoOn(fit);
            Agree(fit);
            Remember(fit);
        }
        foreach (var batch in Data.Batches.Take(fit.Train, skip: fit.Batch, most: fit.BatchesPerEpoch - fit.Batch))
        {
            GoOn(fit);
            yield return batch;
        }
        GoOn(fit);
    }

    private static void GoOn(FitState fit)
    {
        if (fit.ResumeRandom is not { } interrupted)
            return;
        random.set_rng_state(interrupted);
        interrupted.Dispose();
        fit.ResumeRandom = null;
    }

    /// <summary>Processes that train together draw one order, of which each takes its share.</summary>
    private static void Agree(FitState fit)
    {
        if (!fit.Replicas.AreSeveral)
            return;
        using var state = random.get_rng_state();
        random.set_rng_state(fit.Replicas.OfFirst(state));
    }

    private static void Remember(FitState fit)
    {
        fit.EpochRandom?.Dispose();
        fit.EpochRandom = random.get_rng_state().DetachFromDisposeScope();
    }
}
