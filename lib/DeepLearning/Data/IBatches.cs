using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>Data in batches, for training and for measuring.</summary>
public interface IBatches
{
    /// <summary>Gets the number of batches of an epoch.</summary>
    int Count { get; }

    /// <summary>
    /// Returns the batches of one epoch, or of the rest of one. The order of a shuffled epoch is drawn from the default random stream when the first
    /// batch is requested. A batch is valid until the next one is returned; the last one stays valid.
    /// </summary>
    /// <param name="skip">The number of batches at the start of the epoch that are left out without being prepared.</param>
    /// <returns>Inputs [N, …] and the targets [N, …] that belong to them.</returns>
    IEnumerable<(Tensor Inputs, Tensor Targets)> Epoch(int skip = 0);
}

/// <summary>A source that makes each batch for its consumer alone, who may dispose of the last one too.</summary>
internal interface IOwnBatches : IBatches;
