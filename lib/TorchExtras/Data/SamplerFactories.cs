#pragma warning disable CS1573 // the other parameters are documented by inheritdoc
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The samplers of <c>torch.utils.data</c>.</summary>
/// <remarks>
/// They are made for a data set or for a number of samples. See <see href="https://pytorch.org/docs/stable/data.html#torch.utils.data.Sampler">PyTorch's page</see>.
/// </remarks>
public static class SamplerFactories
{
    extension(utils.data)
    {
        /// <summary>Returns a sampler that takes all samples in order.</summary>
        /// <param name="samples">How many there are: <c>dataset.Count</c>.</param>
        public static SequentialSampler SequentialSampler(long samples) => new(samples);

        /// <summary>Returns a sampler that takes samples in random order.</summary>
        /// <param name="samples">How many there are: <c>dataset.Count</c>.</param>
        /// <param name="replacement">Whether each is drawn independently, so that some come twice; false by default.</param>
        /// <param name="num_samples">How many make an epoch; all by default.</param>
        /// <param name="generator">The source of random numbers; one seeded from the default generator for each epoch when null.</param>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="num_samples"/> is below 1.</exception>
        public static RandomSampler RandomSampler(
            long samples, bool replacement = false, long? num_samples = null, Generator? generator = null) =>
            new(samples, replacement, num_samples, generator);

        /// <inheritdoc cref="SequentialSampler(long)"/>
        /// <param name="dataset">The samples.</param>
        public static SequentialSampler SequentialSampler<T>(utils.data.Dataset<T> dataset) => new(dataset.Count);

        /// <inheritdoc cref="RandomSampler(long, bool, long?, Generator?)"/>
        /// <param name="dataset">The samples.</param>
        public static RandomSampler RandomSampler<T>(
            utils.data.Dataset<T> dataset, bool replacement = false, long? num_samples = null, Generator? generator = null) =>
            new(dataset.Count, replacement, num_samples, generator);

        /// <summary>Returns a sampler that takes the samples of a list of indices in random order.</summary>
        /// <param name="indices">Indices of samples.</param>
        /// <param name="generator">The source of random numbers; the default generator when null.</param>
        public static SubsetRandomSampler SubsetRandomSampler(IEnumerable<long> indices, Generator? generator = null) => new(indices, generator);

        /// <summary>Returns a sampler that draws samples with probabilities proportional to weights.</summary>
        /// <param name="weights">A weight for each sample, 0 or above.</param>
        /// <param name="num_samples">How many make an epoch.</param>
        /// <param name="replacement">Whether a sample can come twice; true by default.</param>
        /// <param name="generator">The source of random numbers; the default generator when null.</param>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="num_samples"/> is below 1.</exception>
        public static WeightedRandomSampler WeightedRandomSampler(
            IEnumerable<double> weights, long num_samples, bool replacement = true, Generator? generator = null) =>
            new(weights, num_samples, replacement, generator);

        /// <summary>Returns a sampler of batches.</summary>
        /// <param name="sampler">The order of the samples.</param>
        /// <param name="batch_size">How many samples make a batch.</param>
        /// <param name="drop_last">Whether a smaller last batch is left out.</param>
        public static BatchSampler BatchSampler(IEnumerable<long> sampler, int batch_size, bool drop_last) => new(sampler, batch_size, drop_last);
    }
}
