using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class utils
    {
        public static partial class data
        {
            public static SequentialSampler SequentialSampler(ISized data_source) => new(data_source);

            public static RandomSampler RandomSampler(
                ISized data_source, bool replacement = false, long? num_samples = null, Generator? generator = null) =>
                new(data_source, replacement, num_samples, generator);

            public static SubsetRandomSampler SubsetRandomSampler(IEnumerable<long> indices, Generator? generator = null) =>
                new(indices, generator);

            public static WeightedRandomSampler WeightedRandomSampler(
                IEnumerable<double> weights, long num_samples, bool replacement = true, Generator? generator = null) =>
                new(weights, num_samples, replacement, generator);

            public static BatchSampler BatchSampler(IEnumerable<long> sampler, int batch_size, bool drop_last) =>
                new(sampler, batch_size, drop_last);

            /// <param name="dataset">The samples to share out.</param>
            /// <param name="num_replicas">How many processes there are; as WORLD_SIZE says, when left out.</param>
            /// <param name="rank">Which of them this is; as RANK says, when left out.</param>
            /// <param name="shuffle">Whether each epoch has a random order.</param>
            /// <param name="seed">The same in all processes.</param>
            /// <param name="drop_last">Whether the shares are made equal by leaving samples out, not by repeating some.</param>
            public static DistributedSampler DistributedSampler(
                ISized dataset, int? num_replicas = null, int? rank = null, bool shuffle = true, long seed = 0, bool drop_last = false) =>
                new(dataset, num_replicas, rank, shuffle, seed, drop_last);
        }
    }
}
