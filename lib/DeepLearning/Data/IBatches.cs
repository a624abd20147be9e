using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>Data in batches: what a network is trained and tested on.</summary>
public interface IBatches
{
    /// <summary>Batches an epoch.</summary>
    int Count { get; }

    /// <summary>
    /// One epoch, or the rest of one. The order of a shuffled epoch is drawn when the first batch is asked for, from the default random
    /// stream; a batch lives until the next one is asked for.
    /// </summary>
    /// <param name="skip">How many batches to leave out at the start, without preparing them.</param>
    /// <returns>Inputs [N, …], and the targets [N, …] that belong to them.</returns>
    IEnumerable<(Tensor Inputs, Tensor Targets)> Epoch(int skip = 0);
}
