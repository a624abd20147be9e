#pragma warning disable CS1573 // the other parameters are documented by inheritdoc
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The samplers of <c>torch.utils.data</c>.</summary>
/// <remarks>
/// Each sampler is created for a data set or for a number of samples. See
/// <see href="https://pytorch.org/docs/stable/data.html#torch.utils.data.Sampler">PyTorch's page</see>.
/// </remarks>
public static class SamplerFactories
{
    extension(utils.data)
    {
        /// <summary>Returns a sampler of all samples in order.</summary>
        /// <param name="samples">The number of samples, <c>dataset.Count</c>.</param>
        public static SequentialSampler SequentialSampler(long samples) => new(samples);

        /// <summary>Returns a sampler of samples in random order.</summary>
        /// <param name="samples">The number of samples, <c>dataset.Count</c>.</param>
        /// <param name="replacement">Whether each sample is drawn independently, so samples can be repeated; false by default.</param>
        /// <param name="num_samples">The number of samples of an epoch; all by default.</param>
        /// <param name="generator">
        /// The random number generator; if null, each epoch has a new generator that is seeded from the default generator.
        /// </param>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="num_samples"/> is less than 1.</exception>
        public static RandomSampler RandomSampler(
            long samples, bool replacement = false, long? num_samples = null, Generator? generator = null) =>
            new(samples, replacement, num_samples, generator);

        /// <inheritdoc cref="SequentialSampler(long)"/>
        /// <param name="dataset">The data set.</param>
        public static SequentialSampler SequentialSampler<T>(utils.data.Dataset<T> dataset) => new(dataset.Count);

        /// <inheritdoc cref="RandomSampler(long, bool, long?, Generator?)"/>
        /// <param name="dataset">The data set.</param>
        public static RandomSampler RandomSampler<T>(
            utils.data.Dataset<T> dataset, bool replacement = false, long? num_samples = null, Generator? generator = null) =>
            new(dataset.Count, replacement, num_samples, generator);

        /// <summary>Returns a sampler of the given indices in random order.</summary>
        /// <param name="indices">The indices of the samples.</param>
        /// <param name="generator">The random number generator; null for the default generator.</param>
        public static SubsetRandomSampler SubsetRandomSampler(IEnumerable<long> indices, Generator? generator = null) => new(indices, generator);

        /// <summary>Returns a sampler that draws samples with probabilities proportional to weights.</summary>
        /// <param name="weights">The weight of each sample, at least 0.</param>
        /// <param name="num_samples">The number of samples of an epoch.</param>
        /// <param name="replacement">Whether samples can be repeated; true by default.</param>
        /// <param name="generator">The random number generator; null for the default generator.</param>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="num_samples"/> is less than 1.</exception>
        /// <exception cref="ArgumentException">A weight is negative, infinite or NaN, or too few weights are above 0.</exception>
        public static WeightedRandomSampler WeightedRandomSampler(
            IEnumerable<double> weights, long num_samples, bool replacement = true, Generator? generator = null) =>
            new(weights, num_samples, replacement, generator);

        /// <summary>Returns a sampler of batches.</summary>
        /// <param name="sampler">The sampler of single samples.</param>
        /// <param name="batch_size">The number of samples of a batch.</param>
        /// <param name="drop_last">Whether a smaller last batch is dropped.</param>
        public static BatchSampler BatchSampler(IEnumerable<long> sampler, int batch_size, bool drop_last) => new(sampler, batch_size, drop_last);
    }
}
