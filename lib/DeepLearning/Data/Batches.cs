using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>Goes through an epoch for a consumer that keeps none of its batches.</summary>
internal static class Batches
{
    /// <summary>
    /// Returns batches of an epoch. A source disposes of a batch when it is asked for the next one; this disposes of the last one too, which would
    /// otherwise wait for its finalizer. Batches of other sources than the library's own may belong to somebody and are left alone.
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
            if (source is BatchLoader or TensorBatches)
            {
                last.Inputs?.Dispose();
                last.Targets?.Dispose();
            }
        }
    }
}
