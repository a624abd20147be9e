using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>Iterates over an epoch for a consumer that keeps none of its batches.</summary>
internal static class Batches
{
    /// <summary>Returns batches one at a time: each is disposed of when the next one has been made. The last one stays valid.</summary>
    /// <param name="made">The batches, each of which is made when it is requested.</param>
    public static IEnumerable<(Tensor Inputs, Tensor Targets)> OneAtATime(IEnumerable<(Tensor Inputs, Tensor Targets)> made)
    {
        (Tensor? Inputs, Tensor? Targets) before = default;
        foreach (var batch in made)
        {
            before.Inputs?.Dispose();
            before.Targets?.Dispose();
            before = batch;
            yield return batch;
        }
    }

    /// <summary>
    /// Returns batches of an epoch. A source disposes of a batch when it is asked for the next one; this disposes of the last one too, which would
    /// otherwise wait for its finalizer. Batches of sources that are not the library's own may belong to the caller and are not disposed of.
    /// </summary>
    /// <param name="source">The batches.</param>
    /// <param name="skip">The number of batches at the start of the epoch that are left out.</param>
    /// <param name="most">The largest number of batches that are returned.</param>
    public static IEnumerable<(Tensor Inputs, Tensor Targets)> Take(IBatches source, int skip, int most)
    {
        (Tensor? Inputs, Tensor? Targets) last = default;
        try
        {
            foreach (var batch in source.Epoch(skip).Take(most))
            {
                last = batch;
                yield return batch;
            }
        }
        finally
        {
            if (source is IOwnBatches)
            {
                last.Inputs?.Dispose();
                last.Targets?.Dispose();
            }
        }
    }
}
