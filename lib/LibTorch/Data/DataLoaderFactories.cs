using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class utils
    {
        public static partial class data
        {
            public static DataLoader DataLoader(
                Dataset<Dictionary<string, Tensor>> dataset, int batchSize, IEnumerable<long> shuffler, Device? device = null, int num_worker = 1,
                bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true,
                Func<IEnumerable<Dictionary<string, Tensor>>, Device, Dictionary<string, Tensor>>? collate_fn = null, int prefetch = 2,
                bool pin_memory = false) =>
                new(
                    dataset, batchSize, shuffler, device, num_worker, drop_last, disposeBatch, disposeDataset, collate_fn, prefetch, pin_memory);

            public static DataLoader DataLoader(
                Dataset<Dictionary<string, Tensor>> dataset, int batchSize, bool shuffle = false, Device? device = null, int? seed = null,
                int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true,
                IEnumerable<long>? sampler = null,
                Func<IEnumerable<Dictionary<string, Tensor>>, Device, Dictionary<string, Tensor>>? collate_fn = null, int prefetch = 2,
                bool pin_memory = false) =>
                new(
                    dataset, batchSize, shuffle, device, seed, num_worker, drop_last, disposeBatch, disposeDataset, sampler, collate_fn, prefetch,
                    pin_memory);

            public static IterableDataLoader DataLoader(
                Dataset<IList<Tensor>> dataset, int batchSize, IEnumerable<long> shuffler, Device? device = null, int num_worker = 1,
                bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true,
                Func<IEnumerable<IList<Tensor>>, Device, IList<Tensor>>? collate_fn = null, int prefetch = 2,
                bool pin_memory = false) =>
                new(
                    dataset, batchSize, shuffler, device, num_worker, drop_last, disposeBatch, disposeDataset, collate_fn, prefetch, pin_memory);

            public static IterableDataLoader DataLoader(
                Dataset<IList<Tensor>> dataset, int batchSize, bool shuffle = false, Device? device = null, int? seed = null,
                int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true,
                IEnumerable<long>? sampler = null,
                Func<IEnumerable<IList<Tensor>>, Device, IList<Tensor>>? collate_fn = null, int prefetch = 2,
                bool pin_memory = false) =>
                new(
                    dataset, batchSize, shuffle, device, seed, num_worker, drop_last, disposeBatch, disposeDataset, sampler, collate_fn, prefetch,
                    pin_memory);

            /// <summary>A loader whose samples and batches are of any type.</summary>
            public static DataLoader<T, S> DataLoader<T, S>(
                Dataset<T> dataset, int batchSize, Func<IEnumerable<T>, Device, S> collate_fn, bool shuffle = false, Device? device = null,
                int? seed = null, int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true,
                IEnumerable<long>? sampler = null, int prefetch = 2) =>
                new(
                    dataset, batchSize, collate_fn, shuffle, device, seed, num_worker, drop_last, disposeBatch, disposeDataset, sampler, prefetch);
        }
    }
}
