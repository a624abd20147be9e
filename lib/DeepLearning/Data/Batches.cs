using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>Iterates over an epoch and disposes of batches.</summary>
internal static class Batches
{
    /// <exception cref="ObjectDisposedException">The tensor was disposed of.</exception>
    public static void RequireAlive(Tensor tensor, string what)
    {
        if (tensor.IsInvalid)
            throw new ObjectDisposedException(nameof(Tensor), $"The {what} were disposed of before they were used: dispose of them, or leave their dispose scope, afterwards.");
    }

    /// <summary>Returns batches one at a time: each batch is disposed of after the next one was created. The last batch stays valid.</summary>
    /// <param name="made">The batches, each of which is created when it is requested.</param>
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
    /// Returns batches of an epoch. A source disposes of a batch when the next one is requested; this method also disposes of the last batch, which
    /// would otherwise wait for its finalizer. Batches from sources outside of this library may belong to the caller and are not disposed of.
    /// </summary>
    /// <param name="source">The batches.</param>
    /// <param name="skip">The number of batches to skip at the start of the epoch.</param>
    /// <param name="most">The maximum number of batches to return.</param>
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
            if (source is IOwnedBatches)
            {
                last.Inputs?.Dispose();
                last.Targets?.Dispose();
            }
        }
    }
}
