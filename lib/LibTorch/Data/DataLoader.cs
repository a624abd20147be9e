using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Batches of named tensors, stacked along a new first dimension.</summary>
/// <inheritdoc cref="DataLoader{T, S}"/>
public sealed class DataLoader : DataLoader<Dictionary<string, Tensor>, Dictionary<string, Tensor>>
{
    public DataLoader(
        utils.data.Dataset<Dictionary<string, Tensor>> dataset, int batchSize, IEnumerable<long> shuffler, Device? device = null,
        int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true,
        Func<IEnumerable<Dictionary<string, Tensor>>, Device, Dictionary<string, Tensor>>? collate_fn = null, int prefetch = 2,
        bool pin_memory = false)
        : this(
            dataset, batchSize, false, device, null, num_worker, drop_last, disposeBatch, disposeDataset, shuffler, collate_fn, prefetch,
            pin_memory)
    {
    }

    public DataLoader(
        utils.data.Dataset<Dictionary<string, Tensor>> dataset, int batchSize, bool shuffle = false, Device? device = null, int? seed = null,
        int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true, IEnumerable<long>? sampler = null,
        Func<IEnumerable<Dictionary<string, Tensor>>, Device, Dictionary<string, Tensor>>? collate_fn = null, int prefetch = 2,
        bool pin_memory = false)
        : base(
            dataset, batchSize, collate_fn ?? ((samples, device) => Collate.Named(samples, device, pin_memory)), null, shuffle, device, seed,
            num_worker, drop_last, disposeBatch, disposeDataset, sampler, prefetch)
    {
    }

    public DataLoader(
        utils.data.Dataset<Dictionary<string, Tensor>> dataset, IEnumerable<long[]> batch_sampler, Device? device = null, int num_worker = 1,
        bool disposeBatch = true, bool disposeDataset = true,
        Func<IEnumerable<Dictionary<string, Tensor>>, Device, Dictionary<string, Tensor>>? collate_fn = null, int prefetch = 2,
        bool pin_memory = false)
        : base(
            dataset, batch_sampler, collate_fn ?? ((samples, device) => Collate.Named(samples, device, pin_memory)), null, device, num_worker,
            disposeBatch, disposeDataset, prefetch)
    {
    }
}

/// <summary>Batches of tensors in a fixed order, stacked along a new first dimension.</summary>
/// <inheritdoc cref="DataLoader{T, S}"/>
public sealed class IterableDataLoader : DataLoader<IList<Tensor>, IList<Tensor>>
{
    public IterableDataLoader(
        utils.data.Dataset<IList<Tensor>> dataset, int batchSize, IEnumerable<long> shuffler, Device? device = null, int num_worker = 1,
        bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true,
        Func<IEnumerable<IList<Tensor>>, Device, IList<Tensor>>? collate_fn = null, int prefetch = 2, bool pin_memory = false)
        : this(
            dataset, batchSize, false, device, null, num_worker, drop_last, disposeBatch, disposeDataset, shuffler, collate_fn, prefetch,
            pin_memory)
    {
    }

    public IterableDataLoader(
        utils.data.Dataset<IList<Tensor>> dataset, int batchSize, bool shuffle = false, Device? device = null, int? seed = null,
        int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true, IEnumerable<long>? sampler = null,
        Func<IEnumerable<IList<Tensor>>, Device, IList<Tensor>>? collate_fn = null, int prefetch = 2, bool pin_memory = false)
        : base(
            dataset, batchSize, collate_fn ?? ((samples, device) => Collate.Listed(samples, device, pin_memory)),
            collate_fn is null ? batch => Collate.Moved(batch, device ?? CPU, pin_memory) : null, shuffle, device, seed, num_worker, drop_last,
            disposeBatch, disposeDataset, sampler, prefetch)
    {
    }

    public IterableDataLoader(
        utils.data.Dataset<IList<Tensor>> dataset, IEnumerable<long[]> batch_sampler, Device? device = null, int num_worker = 1,
        bool disposeBatch = true, bool disposeDataset = true, Func<IEnumerable<IList<Tensor>>, Device, IList<Tensor>>? collate_fn = null,
        int prefetch = 2, bool pin_memory = false)
        : base(
            dataset, batch_sampler, collate_fn ?? ((samples, device) => Collate.Listed(samples, device, pin_memory)),
            collate_fn is null ? batch => Collate.Moved(batch, device ?? CPU, pin_memory) : null, device, num_worker, disposeBatch,
            disposeDataset, prefetch)
    {
    }
}
