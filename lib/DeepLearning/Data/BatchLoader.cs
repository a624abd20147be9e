using System.Collections;
using TorchSharp;
using TorchSharp.Extras.Memory;
using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>
/// A data set in batches, each epoch anew. Whole batches are gathered and scaled in one pass; with workers, while the network is busy with
/// the batch before.
/// </summary>
/// <remarks>
/// A batch lives until the next one is asked for; the last one of an epoch until it is disposed of or finalized. Dispose scopes of TorchSharp belong to
/// one thread: a batch that a worker prepared is in none, a batch made without workers is in the caller's. The order of a shuffled epoch follows
/// <c>torch.manual_seed</c>, whatever the number of workers. Mirrors torch.utils.data.DataLoader; tutorial 004, Dataset and DataLoader.
/// </remarks>
public sealed class BatchLoader : IBatches, IEnumerable<(Tensor Images, Tensor Labels)>
{
    /// <param name="dataset">Where the images come from.</param>
    /// <param name="batchSize">Images a batch; the last batch may be shorter.</param>
    /// <param name="shuffle">Whether each epoch has its own random order.</param>
    /// <param name="workers">Threads that prepare batches ahead; 0 prepares each when it is asked for.</param>
    /// <param name="dropLast">Whether a last batch that is shorter is left out.</param>
    /// <param name="scale">How pixels become inputs; from 0 to 1 unless told.</param>
    /// <param name="device">Where the batches go; the CPU unless told. Another device keeps the bytes of the whole set and gathers there.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is not positive, or <paramref name="workers"/> negative.</exception>
    public BatchLoader(
        ImageDataset dataset, int batchSize = 1, bool shuffle = false, int workers = 0, bool dropLast = false, PixelScale? scale = null,
        Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfNegative(workers);
        Dataset = dataset;
        BatchSize = batchSize;
        Shuffle = shuffle;
        Workers = workers;
        DropLast = dropLast;
        Scale = scale ?? PixelScale.ZeroToOne;
        Device = device ?? CPU;
    }

    /// <summary>Where the images come from.</summary>
    public ImageDataset Dataset { get; }

    /// <summary>Images a batch.</summary>
    public int BatchSize { get; }

    /// <summary>Whether each epoch has its own random order.</summary>
    public bool Shuffle { get; }

    /// <summary>Threads that prepare batches ahead.</summary>
    public int Workers { get; }

    /// <summary>Whether a short last batch is left out.</summary>
    public bool DropLast { get; }

    /// <summary>How pixels become inputs.</summary>
    public PixelScale Scale { get; }

    /// <summary>Where the batches go.</summary>
    public Device Device { get; }

    /// <summary>Batches an epoch.</summary>
    public int Count => DropLast ? Dataset.Count / BatchSize : (Dataset.Count + BatchSize - 1) / BatchSize;

    /// <summary>One epoch: images Float32 [batch, 1, height, width], labels Int64 [batch].</summary>
    public IEnumerator<(Tensor Images, Tensor Labels)> GetEnumerator() => Epoch().GetEnumerator();

    /// <inheritdoc/>
    public IEnumerable<(Tensor Inputs, Tensor Targets)> Epoch(int skip = 0)
    {
        var order = Order();
        var ahead = new Queue<Task<(Tensor Images, Tensor Labels)>>();
        (Tensor Images, Tensor Labels) current = default;
        try
        {
            var next = skip;
            for (var batch = skip; batch < Count; batch++)
            {
                // a collection is safe while no other thread computes with tensors
                if (ahead.All(task => task.IsCompleted))
                    MemoryWatch.SafePoint();
                for (; next < Count && next <= batch + Workers; next++)
                    ahead.Enqueue(Prepare(order, next));
                var prepared = ahead.Dequeue().GetAwaiter().GetResult();
                current.Images?.Dispose();
                current.Labels?.Dispose();
                current = prepared;
                yield return current;
            }
        }
        finally
        {
            foreach (var unused in ahead)
                Discard(unused);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private long[] Order()
    {
        if (!Shuffle)
            return [.. Enumerable.Range(0, Dataset.Count).Select(index => (long)index)];
        using var order = randperm(Dataset.Count);
        return order.data<long>().ToArray();
    }

    private Task<(Tensor Images, Tensor Labels)> Prepare(long[] order, int batch)
    {
        var start = batch * BatchSize;
        var indices = order.AsMemory(start, Math.Min(BatchSize, order.Length - start));
        return Workers == 0
            ? Task.FromResult(Gather())
            : Task.Run(Gather);

        (Tensor Images, Tensor Labels) Gather() => Device.type == DeviceType.CPU
            ? (Dataset.Images(indices.Span, Scale), Dataset.LabelsOf(indices.Span))
            : Dataset.On(Device).Gather(indices.Span, Scale);
    }

    private static void Discard(Task<(Tensor Images, Tensor Labels)> unused) => unused.ContinueWith(
        done =>
        {
            done.Result.Images.Dispose();
            done.Result.Labels.Dispose();
        },
        CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
}
