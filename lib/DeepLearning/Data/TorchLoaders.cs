using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>Makes loaders of torch.utils.data, and so data sets of one's own, usable wherever this library takes data.</summary>
public static class TorchLoaders
{
    /// <summary>The batches of a loader whose samples are lists: the first tensor goes in, the second should come out.</summary>
    /// <param name="loader">The loader, which stays the caller's.</param>
    public static IBatches AsBatches(this DataLoader<IList<Tensor>, IList<Tensor>> loader)
    {
        ArgumentNullException.ThrowIfNull(loader);
        return new Batches<IList<Tensor>>(loader, batch => (batch[0], batch[1]));
    }

    /// <summary>The batches of a loader whose samples have names.</summary>
    /// <param name="loader">The loader, which stays the caller's.</param>
    /// <param name="inputs">The name of what goes in.</param>
    /// <param name="targets">The name of what should come out.</param>
    public static IBatches AsBatches(
        this DataLoader<Dictionary<string, Tensor>, Dictionary<string, Tensor>> loader, string inputs = "data", string targets = "label")
    {
        ArgumentNullException.ThrowIfNull(loader);
        return new Batches<Dictionary<string, Tensor>>(loader, batch => (Part(batch, inputs), Part(batch, targets)));
    }

    private static Tensor Part(Dictionary<string, Tensor> batch, string name) => batch.TryGetValue(name, out var part)
        ? part
        : throw new KeyNotFoundException($"A batch has no \"{name}\"; it has {string.Join(", ", batch.Keys)}.");

    private sealed class Batches<T>(DataLoader<T, T> loader, Func<T, (Tensor, Tensor)> parts) : IBatches
    {
        public int Count => (int)loader.Count;

        // a loader of torch.utils.data prepares what is left out too: it alone knows its order
        public IEnumerable<(Tensor Inputs, Tensor Targets)> Epoch(int skip = 0) => loader.Skip(skip).Select(parts);
    }
}
