using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>Converts loaders and data sets of torch.utils.data, including user-defined data sets, to <see cref="IBatches"/>.</summary>
public static class TorchLoaders
{
    /// <summary>Returns the samples of a data set in batches. The order of a shuffled epoch follows <c>torch.manual_seed</c>.</summary>
    /// <param name="dataset">A data set whose samples have named tensors; the caller keeps ownership.</param>
    /// <param name="batchSize">The number of samples of a batch; the last batch may be smaller.</param>
    /// <param name="shuffle">Whether each epoch has a new random order.</param>
    /// <param name="dropLast">Whether a smaller last batch is dropped.</param>
    /// <param name="sampler">The order of the samples, instead of <paramref name="shuffle"/>.</param>
    /// <param name="inputs">The name of the inputs.</param>
    /// <param name="targets">The name of the targets.</param>
    public static IBatches AsBatches(
        this utils.data.Dataset dataset, int batchSize, bool shuffle = false, bool dropLast = false, Sampler? sampler = null,
        string inputs = "data", string targets = "label")
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return new DatasetBatches<Dictionary<string, Tensor>>(
            dataset, sample => (Part(sample, inputs), Part(sample, targets)), batchSize, shuffle, dropLast, sampler);
    }

    /// <inheritdoc cref="AsBatches(utils.data.Dataset, int, bool, bool, Sampler?, string, string)"/>
    /// <param name="dataset">
    /// A data set whose samples are lists: the first tensor is the input, the second the target. The caller keeps ownership.
    /// </param>
    /// <param name="batchSize">The number of samples of a batch; the last batch may be smaller.</param>
    /// <param name="shuffle">Whether each epoch has a new random order.</param>
    /// <param name="dropLast">Whether a smaller last batch is dropped.</param>
    /// <param name="sampler">The order of the samples, instead of <paramref name="shuffle"/>.</param>
    public static IBatches AsBatches(
        this utils.data.IterableDataset dataset, int batchSize, bool shuffle = false, bool dropLast = false, Sampler? sampler = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return new DatasetBatches<IList<Tensor>>(dataset, sample => (sample[0], sample[1]), batchSize, shuffle, dropLast, sampler);
    }

    /// <summary>Returns the batches of a loader whose samples are lists: the first tensor is the input, the second the target.</summary>
    /// <param name="loader">The loader; the caller keeps ownership.</param>
    /// <remarks>
    /// The loader determines the order: TorchSharp's <c>shuffle: true</c> does not follow <c>torch.manual_seed</c>. Use a sampler (<c>shuffler:
    /// torch.utils.data.RandomSampler(dataset)</c>), or create batches from the data set.
    /// </remarks>
    public static IBatches AsBatches(this DataLoader<IList<Tensor>, IList<Tensor>> loader)
    {
        ArgumentNullException.ThrowIfNull(loader);
        return new LoaderBatches<IList<Tensor>>(loader, batch => (batch[0], batch[1]));
    }

    /// <summary>Returns the batches of a loader whose samples have named tensors.</summary>
    /// <param name="loader">The loader; the caller keeps ownership.</param>
    /// <param name="inputs">The name of the inputs.</param>
    /// <param name="targets">The name of the targets.</param>
    /// <inheritdoc cref="AsBatches(DataLoader{IList{Tensor}, IList{Tensor}})" path="/remarks"/>
    public static IBatches AsBatches(
        this DataLoader<Dictionary<string, Tensor>, Dictionary<string, Tensor>> loader, string inputs = "data", string targets = "label")
    {
        ArgumentNullException.ThrowIfNull(loader);
        return new LoaderBatches<Dictionary<string, Tensor>>(loader, batch => (Part(batch, inputs), Part(batch, targets)));
    }

    private static Tensor Part(Dictionary<string, Tensor> batch, string name) => batch.TryGetValue(name, out var part)
        ? part
        : throw new KeyNotFoundException($"A batch has no \"{name}\"; it has {string.Join(", ", batch.Keys)}.");

    /// <summary>The batches of a TorchSharp loader.</summary>
    private sealed class LoaderBatches<T>(DataLoader<T, T> loader, Func<T, (Tensor, Tensor)> parts) : IOwnedBatches
    {
        public int Count => (int)loader.Count;

        // only the loader knows its order, so it also prepares the skipped batches; it disposes of its batch when the loop ends, and the batch that
        // First() returned must still be valid then
        public IEnumerable<(Tensor Inputs, Tensor Targets)> Epoch(int skip = 0) =>
            Batches.OneAtATime(loader.Skip(skip).Select(parts).Select(batch => (batch.Item1.alias(), batch.Item2.alias())));
    }

    /// <summary>The samples of a TorchSharp data set, in batches.</summary>
    private sealed class DatasetBatches<T> : IOwnedBatches
    {
        private readonly utils.data.Dataset<T> _dataset;
        private readonly Func<T, (Tensor Input, Tensor Target)> _parts;
        private readonly int _batchSize;
        private readonly bool _shuffle;
        private readonly bool _dropLast;
        private readonly Sampler? _sampler;

        public DatasetBatches(
            utils.data.Dataset<T> dataset, Func<T, (Tensor, Tensor)> parts, int batchSize, bool shuffle, bool dropLast, Sampler? sampler)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
            EpochOrder.Check(shuffle, sampler);
            (_dataset, _parts, _batchSize, _shuffle, _dropLast, _sampler) = (dataset, parts, batchSize, shuffle, dropLast, sampler);
        }

        public int Count => EpochOrder.Batches(_sampler?.Count ?? _dataset.Count, _batchSize, _dropLast);

        public IEnumerable<(Tensor Inputs, Tensor Targets)> Epoch(int skip = 0) => Batches.OneAtATime(Made(skip));

        private IEnumerable<(Tensor Inputs, Tensor Targets)> Made(int skip)
        {
            var order = EpochOrder.Of(_dataset.Count, _shuffle, _sampler);
            foreach (var indices in order.Chunk(_batchSize).Skip(skip).Take(Count - skip))
                yield return Stacked(indices);
        }

        private (Tensor Inputs, Tensor Targets) Stacked(long[] indices)
        {
            // the scope disposes of the samples that the data set created for this call
            using var scope = NewDisposeScope();
            (Tensor Input, Tensor Target)[] samples = [.. indices.Select(index => _parts(_dataset.GetTensor(index)))];
            var inputs = stack(samples.Select(sample => sample.Input).ToArray());
            var targets = stack(samples.Select(sample => sample.Target).ToArray());
            return (inputs.MoveToOuterDisposeScope(), targets.MoveToOuterDisposeScope());
        }
    }
}
