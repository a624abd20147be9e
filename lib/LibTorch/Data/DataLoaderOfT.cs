using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// A dataset's samples in batches. Workers are threads that load whole batches ahead of the loop; the batches, their order and their random
/// numbers (<c>torch.rand</c> and its kin inside <c>GetTensor</c>) are the same whatever the number of workers. Shuffled, the order is
/// PyTorch's for the same <c>manual_seed</c>; with a seed, PyTorch's with a generator of that seed: another one each epoch.
/// </summary>
/// <typeparam name="T">What a sample is.</typeparam>
/// <typeparam name="S">What a batch is.</typeparam>
public class DataLoader<T, S> : IEnumerable<S>, IDisposable
{
    private readonly Generator? _generator;
    private readonly IEnumerable<long[]>? _batches;
    private readonly BatchLoading<T, S> _loading;
    private readonly int _prefetch;

    /// <param name="dataset">Where the samples come from.</param>
    /// <param name="batchSize">Samples a batch.</param>
    /// <param name="collate_fn">Puts samples together and on the device. The tensors that it makes are the loader's to dispose.</param>
    /// <param name="shuffler">The order of the samples.</param>
    /// <param name="device">Where the batches are to be; the CPU, when left out.</param>
    /// <param name="num_worker">Threads that load ahead; 0 loads in the loop.</param>
    /// <param name="drop_last">Whether a last batch of fewer samples is left out.</param>
    /// <param name="disposeBatch">Whether a batch is disposed when the loop goes on to the next.</param>
    /// <param name="disposeDataset">Whether the dataset is disposed with the loader.</param>
    /// <param name="prefetch">Batches that each worker loads ahead.</param>
    public DataLoader(
        utils.data.Dataset<T> dataset, int batchSize, Func<IEnumerable<T>, Device, S> collate_fn, IEnumerable<long> shuffler,
        Device? device = null, int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true,
        int prefetch = 2)
        : this(dataset, batchSize, collate_fn, null, shuffler, null, device, num_worker, drop_last, disposeBatch, disposeDataset, prefetch)
    {
    }

    public DataLoader(
        utils.data.Dataset<T> dataset, int batchSize, Func<IEnumerable<T>, Device, S> collate_fn, bool shuffle = false, Device? device = null,
        int? seed = null, int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true,
        IEnumerable<long>? sampler = null, int prefetch = 2)
        : this(
            dataset, batchSize, collate_fn, null, shuffle, device, seed, num_worker, drop_last, disposeBatch, disposeDataset, sampler, prefetch)
    {
    }

    /// <param name="dataset">Where the samples come from.</param>
    /// <param name="batch_sampler">The samples of each batch, as their numbers.</param>
    /// <param name="collate_fn">Puts samples together and on the device. The tensors that it makes are the loader's to dispose.</param>
    /// <param name="device">Where the batches are to be; the CPU, when left out.</param>
    /// <param name="num_worker">Threads that load ahead; 0 loads in the loop.</param>
    /// <param name="disposeBatch">Whether a batch is disposed when the loop goes on to the next.</param>
    /// <param name="disposeDataset">Whether the dataset is disposed with the loader.</param>
    /// <param name="prefetch">Batches that each worker loads ahead.</param>
    public DataLoader(
        utils.data.Dataset<T> dataset, IEnumerable<long[]> batch_sampler, Func<IEnumerable<T>, Device, S> collate_fn, Device? device = null,
        int num_worker = 1, bool disposeBatch = true, bool disposeDataset = true, int prefetch = 2)
        : this(dataset, batch_sampler, collate_fn, null, device, num_worker, disposeBatch, disposeDataset, prefetch)
    {
    }

    private protected DataLoader(
        utils.data.Dataset<T> dataset, IEnumerable<long[]> batch_sampler, Func<IEnumerable<T>, Device, S> collate_fn, Func<S, S>? finish,
        Device? device, int num_worker, bool disposeBatch, bool disposeDataset, int prefetch)
        : this(dataset, 1, collate_fn, finish, null, null, device, num_worker, false, disposeBatch, disposeDataset, prefetch)
    {
        ArgumentNullException.ThrowIfNull(batch_sampler);
        _batches = batch_sampler;
    }

    // finish is what is left to do with a batch that the dataset has put together itself; null where only collate_fn may
    private protected DataLoader(
        utils.data.Dataset<T> dataset, int batchSize, Func<IEnumerable<T>, Device, S> collate_fn, Func<S, S>? finish, bool shuffle,
        Device? device, int? seed, int num_worker, bool drop_last, bool disposeBatch, bool disposeDataset, IEnumerable<long>? sampler,
        int prefetch)
        : this(
            dataset, batchSize, collate_fn, finish, null, seed is { } given ? new Generator(unchecked((ulong)given)) : null, device, num_worker,
            drop_last, disposeBatch, disposeDataset, prefetch)
    {
        if (shuffle && sampler is not null)
            throw new ArgumentException("A sampler tells the order already: leave shuffle out.", nameof(shuffle));
        this.sampler = sampler ?? (shuffle ? utils.data.RandomSampler(dataset, generator: _generator) : utils.data.SequentialSampler(dataset));
    }

    private protected DataLoader(
        utils.data.Dataset<T> dataset, int batchSize, Func<IEnumerable<T>, Device, S> collate_fn, Func<S, S>? finish,
        IEnumerable<long>? shuffler, Generator? generator, Device? device, int num_worker, bool drop_last, bool disposeBatch,
        bool disposeDataset, int prefetch)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfNegative(num_worker);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(prefetch);
        this.dataset = dataset;
        batch_size = batchSize;
        this.drop_last = drop_last;
        this.collate_fn = collate_fn;
        sampler = shuffler ?? [];
        num_workers = num_worker;
        Device = device ?? CPU;
        (DisposeBatch, DisposeDataset) = (disposeBatch, disposeDataset);
        (_generator, _prefetch) = (generator, prefetch);
        _loading = new BatchLoading<T, S>(dataset, collate_fn, finish, Device);
    }

    public utils.data.Dataset<T> dataset { get; }

    /// <summary>Samples a batch; 1, without meaning, where a batch sampler tells.</summary>
    public int batch_size { get; }

    public bool drop_last { get; }

    /// <summary>The order of the samples; empty where a batch sampler tells.</summary>
    public IEnumerable<long> sampler { get; }

    /// <summary>The samples of each batch.</summary>
    public IEnumerable<long[]> batch_sampler => _batches ?? utils.data.BatchSampler(sampler, batch_size, drop_last);

    public int num_workers { get; }

    public Func<IEnumerable<T>, Device, S> collate_fn { get; }

    public Device Device { get; }

    public bool DisposeBatch { get; }

    public bool DisposeDataset { get; }

    /// <summary>How many batches an epoch has.</summary>
    public long Count => batch_sampler is utils.data.ISized sized ? sized.Count : batch_sampler.LongCount();

    public IEnumerator<S> GetEnumerator()
    {
        var seed = Sampler.DrawSeed(_generator);
        using var random = new SampleRandom();
        using var workers = num_workers > 0 ? new Prefetcher<T, S>(_loading, num_workers, _prefetch) : null;
        using var plans = Plans(seed).GetEnumerator();
        Batch<S>? batch = null;
        try
        {
            while ((batch = Next(plans, workers, random)) is not null)
            {
                yield return batch.Value;
                if (DisposeBatch)
                    batch.Dispose();
            }
        }
        finally
        {
            if (DisposeBatch)
                batch?.Dispose();
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        _generator?.Dispose();
        if (DisposeDataset)
            dataset.Dispose();
    }

    private Batch<S>? Next(IEnumerator<BatchPlan> plans, Prefetcher<T, S>? workers, SampleRandom random) =>
        workers is not null ? workers.Next(plans)
        : plans.MoveNext() ? _loading.Load(plans.Current, random)
        : null;

    private IEnumerable<BatchPlan> Plans(long seed)
    {
        foreach (var indices in batch_sampler)
        {
            yield return new BatchPlan(indices, seed);
            seed = unchecked(seed + indices.Length);
        }
    }
}
