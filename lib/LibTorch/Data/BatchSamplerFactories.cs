using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class utils
    {
        public static partial class data
        {
            /// <summary>A loader of batches whose samples a batch sampler tells, as <see cref="BatchSampler"/> or one's own.</summary>
            public static DataLoader DataLoader(
                Dataset<Dictionary<string, Tensor>> dataset, IEnumerable<long[]> batch_sampler, Device? device = null, int num_worker = 1,
                bool disposeBatch = true, bool disposeDataset = true,
                Func<IEnumerable<Dictionary<string, Tensor>>, Device, Dictionary<string, Tensor>>? collate_fn = null, int prefetch = 2,
                bool pin_memory = false) =>
                new(dataset, batch_sampler, device, num_worker, disposeBatch, disposeDataset, collate_fn, prefetch, pin_memory);

            /// <inheritdoc cref="DataLoader(Dataset{Dictionary{string, Tensor}}, IEnumerable{long[]}, Device, int, bool, bool, Func{IEnumerable{Dictionary{string, Tensor}}, Device, Dictionary{string, Tensor}}, int, bool)"/>
            public static IterableDataLoader DataLoader(
                Dataset<IList<Tensor>> dataset, IEnumerable<long[]> batch_sampler, Device? device = null, int num_worker = 1,
                bool disposeBatch = true, bool disposeDataset = true,
                Func<IEnumerable<IList<Tensor>>, Device, IList<Tensor>>? collate_fn = null, int prefetch = 2, bool pin_memory = false) =>
                new(dataset, batch_sampler, device, num_worker, disposeBatch, disposeDataset, collate_fn, prefetch, pin_memory);

            /// <inheritdoc cref="DataLoader(Dataset{Dictionary{string, Tensor}}, IEnumerable{long[]}, Device, int, bool, bool, Func{IEnumerable{Dictionary{string, Tensor}}, Device, Dictionary{string, Tensor}}, int, bool)"/>
            public static DataLoader<T, S> DataLoader<T, S>(
                Dataset<T> dataset, IEnumerable<long[]> batch_sampler, Func<IEnumerable<T>, Device, S> collate_fn, Device? device = null,
                int num_worker = 1, bool disposeBatch = true, bool disposeDataset = true, int prefetch = 2) =>
                new(dataset, batch_sampler, collate_fn, device, num_worker, disposeBatch, disposeDataset, prefetch);
        }
    }
}
