using System.Collections;
using TorchSharp;
using TorchSharp.Extras.Memory;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>
/// Loads the images of a data set in batches. Each batch is gathered, augmented and scaled as a whole; with workers, this happens while the model
/// computes with the previous batch.
/// </summary>
/// <remarks>
/// A batch is valid until the next one is requested; the last batch of an epoch is valid until it is disposed of or finalized. Dispose scopes of
/// TorchSharp belong to one thread: a batch from a worker is in no scope; without workers, a batch is in the caller's scope. The order and the
/// augmentation of a shuffled epoch follow <c>torch.manual_seed</c>, for any number of workers and any device. Like torch.utils.data.DataLoader;
/// tutorial 004, Dataset and DataLoader.
/// </remarks>
public sealed class BatchLoader : IOwnedBatches, IFingerprinted, IEnumerable<(Tensor Images, Tensor Labels)>
{
    /// <summary>Initializes a new instance that loads a data set.</summary>
    /// <param name="dataset">The images.</param>
    /// <param name="batchSize">The number of images of a batch; the last batch may be smaller.</param>
    /// <param name="shuffle">Whether each epoch has a new random order.</param>
    /// <param name="workers">The number of threads that prepare batches in advance; 0 prepares each batch when it is requested.</param>
    /// <param name="dropLast">Whether a smaller last batch is dropped.</param>
    /// <param name="scale">The scale from pixels to inputs; from 0 to 1 by default.</param>
    /// <param name="device">
    /// The device of the batches; the CPU by default. On another device, the loader keeps the bytes of the whole data set there and gathers batches
    /// on the device; augmented images are gathered on the CPU.
    /// </param>
    /// <param name="augment">
    /// The augmentations, applied in this order to the pixels of each batch before scaling; none by default.
    /// </param>
    /// <param name="sampler">The order of the samples, instead of <paramref name="shuffle"/>: <c>torch.utils.data.WeightedRandomSampler(…)</c>.</param>
    /// <param name="transform">
    /// A function that is applied to each batch of scaled images, Float32 [batch, channels, height, width]: <c>transforms.Normalize(…).call</c>. It
    /// returns a new tensor or its input. If it returns a new tensor, the loader disposes of the input.
    /// </param>
    /// <param name="targets">
    /// The target of each image, [N, …], instead of its label: several labels, a number, or the targets of <see cref="Training.WeightedTargets"/>.
    /// The caller keeps ownership.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="batchSize"/> is not positive, or <paramref name="workers"/> is negative.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// The scale has another number of channels, both a sampler and shuffle are given, or the number of targets differs from the number of images.
    /// </exception>
    public BatchLoader(
        ImageDataset dataset, int batchSize = 1, bool shuffle = false, int workers = 0, bool dropLast = false, PixelScale? scale = null,
        Device? device = null, IReadOnlyList<Augmentation>? augment = null, Sampler? sampler = null, Func<Tensor, Tensor>? transform = null,
        Tensor? targets = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfNegative(workers);
        EpochOrder.Check(shuffle, sampler);
        Dataset = dataset;
        BatchSize = batchSize;
        Shuffle = shuffle;
        Workers = workers;
        DropLast = dropLast;
        Scale = scale ?? PixelScale.ZeroToOne;
        Scale.Check(dataset.Channels, nameof(scale));
        Device = device ?? CPU;
        Augment = augment ?? [];
        Sampler = sampler;
        Transform = transform;
        if (targets is not null && (targets.ndim == 0 || targets.shape[0] != dataset.Count))
            throw new ArgumentException($"There are {dataset.Count} images, but the targets have the shape [{string.Join(", ", targets.shape)}]: each image needs one target.", nameof(targets));
        Targets = targets;
    }

    /// <summary>Gets the images.</summary>
    public ImageDataset Dataset { get; }

    /// <summary>Gets the number of images of a batch.</summary>
    public int BatchSize { get; }

    /// <summary>Gets a value that indicates whether each epoch has a new random order.</summary>
    public bool Shuffle { get; }

    /// <summary>Gets the number of threads that prepare batches in advance.</summary>
    public int Workers { get; }

    /// <summary>Gets a value that indicates whether a smaller last batch is dropped.</summary>
    public bool DropLast { get; }

    /// <summary>Gets the scale from pixels to inputs.</summary>
    public PixelScale Scale { get; }

    /// <summary>Gets the device of the batches.</summary>
    public Device Device { get; }

    /// <summary>Gets the augmentations.</summary>
    public IReadOnlyList<Augmentation> Augment { get; }

    /// <summary>Gets the sampler of the order of the samples; null for none.</summary>
    public Sampler? Sampler { get; }

    /// <summary>Gets the function that is applied to each batch of scaled images; null for none.</summary>
    public Func<Tensor, Tensor>? Transform { get; }

    /// <summary>Gets the targets of all images; null if the labels are the targets.</summary>
    public Tensor? Targets { get; }

    /// <summary>Gets the number of batches of an epoch.</summary>
    public int Count => EpochOrder.Batches(Sampler?.Count ?? Dataset.Count, BatchSize, DropLast);

    /// <summary>
    /// Returns the batches of an epoch: images Float32 [batch, channels, height, width], and labels Int64 [batch] or targets [batch, …].
    /// </summary>
    public IEnumerator<(Tensor Images, Tensor Labels)> GetEnumerator() => Epoch().GetEnumerator();

    /// <inheritdoc/>
    public IEnumerable<(Tensor Inputs, Tensor Targets)> Epoch(int skip = 0)
    {
        if (Targets is not null)
            Batches.RequireAlive(Targets, $"targets of {nameof(BatchLoader)}");
        var order = EpochOrder.Of(Dataset.Count, Shuffle, Sampler);
        var seed = Augment.Count > 0 ? Augmenting.BatchRandom.DrawSeed() : 0;
        var ahead = new Queue<Task<(Tensor Images, Tensor Labels)>>();
        (Tensor Images, Tensor Labels) current = default;
        try
        {
            var next = skip;
            for (var batch = skip; batch < Count; batch++)
            {
                // garbage collection is safe while no other thread computes with tensors
                if (ahead.All(task => task.IsCompleted))
                    MemoryWatch.SafePoint();
                for (; next < Count && next <= batch + Workers; next++)
                    ahead.Enqueue(Prepare(order, next, seed));
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

    string IFingerprinted.Fingerprint()
    {
        using var scope = NewDisposeScope();
        var fingerprint = new DataFingerprint().Add(Dataset.PixelsOf(DataFingerprint.Samples(Dataset.Count)).bytes).Add(Dataset.Labels);
        return (Targets is null ? fingerprint : fingerprint.Add(Targets)).Text(Dataset.Count);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Task<(Tensor Images, Tensor Labels)> Prepare(long[] order, int batch, long seed)
    {
        var start = batch * BatchSize;
        var indices = order.AsMemory(start, Math.Min(BatchSize, order.Length - start));
        return Workers == 0 ? Task.FromResult(Make()) : Task.Run(Make);

        (Tensor Images, Tensor Labels) Make()
        {
            var (images, labels) = Augment.Count > 0 ? Augmented(indices.Span, batch, seed) : Plain(indices.Span);
            return (Transform is null ? images : Replace(images, Transform(images) ?? throw new InvalidOperationException($"The transform of a {nameof(BatchLoader)} returned null instead of images.")), labels);
        }
    }

    private (Tensor Images, Tensor Labels) Plain(ReadOnlySpan<long> indices)
    {
        if (Device.type == DeviceType.CPU)
            return (Dataset.Images(indices, Scale), TargetsOf(indices));
        var (images, labels) = Dataset.On(Device).Gather(indices, Scale);
        return (images, Targets is null ? labels : Replace(labels, Moved(TargetsOf(indices))));
    }

    private Tensor TargetsOf(ReadOnlySpan<long> indices)
    {
        if (Targets is null)
            return Dataset.LabelsOf(indices);
        using var chosen = tensor(indices.ToArray(), device: Targets.device);
        return Targets.index_select(0, chosen);
    }

    private (Tensor Images, Tensor Labels) Augmented(ReadOnlySpan<long> indices, int batch, long seed)
    {
        var random = Augmenting.BatchRandom.Of(seed, batch);
        var pixels = Dataset.PixelsOf(indices);
        foreach (var augmentation in Augment)
            pixels = Replace(pixels, augmentation.ApplyChecked(pixels, random));
        var images = ImageDataset.Scaled(pixels, Scale);
        pixels.Dispose();
        var labels = TargetsOf(indices);
        return Device.type == DeviceType.CPU ? (images, labels) : (Moved(images), Moved(labels));
    }

    private Tensor Moved(Tensor onCpu) => Replace(onCpu, onCpu.to(Device));

    /// <summary>Disposes of a tensor that another tensor replaces, unless they are the same object.</summary>
    private static Tensor Replace(Tensor before, Tensor after)
    {
        if (!ReferenceEquals(before, after))
            before.Dispose();
        return after;
    }

    private static void Discard(Task<(Tensor Images, Tensor Labels)> unused) => unused.ContinueWith(
        done =>
        {
            done.Result.Images.Dispose();
            done.Result.Labels.Dispose();
        },
        CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
}
