using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>Provides data in batches for training and evaluation.</summary>
public interface IBatches
{
    /// <summary>Gets the number of batches of an epoch.</summary>
    int Count { get; }

    /// <summary>
    /// Returns the batches of an epoch, or of the rest of an epoch. The order of a shuffled epoch is drawn from the default random generator when the
    /// first batch is requested. A batch is valid until the next one is returned; the last batch stays valid.
    /// </summary>
    /// <param name="skip">The number of batches to skip at the start of the epoch, without preparing them.</param>
    /// <returns>The inputs [N, …] and the targets [N, …] of each batch.</returns>
    IEnumerable<(Tensor Inputs, Tensor Targets)> Epoch(int skip = 0);
}

/// <summary>A source whose batches belong to the consumer, which may also dispose of the last batch.</summary>
internal interface IOwnedBatches : IBatches;
