using System.Diagnostics;
using Bench.Measurement;
using DeepLearning.Data;

namespace Bench.Data;

/// <summary>
/// Measures an epoch of MNIST's training images in shuffled, normalized batches of 64, without training. pytorch/data.py measures the same.
/// </summary>
internal static class DataSide
{
    private const int Epochs = 5;

    public static IEnumerable<Sample> Measure()
    {
        var images = Mnist.Load(train: true);
        foreach (var workers in new[] { 0, 1 })
            yield return Best($"{images.Count:N0} images, {workers} workers", Loader(images, workers, augment: []));
        foreach (var workers in new[] { 0, 1 })
        {
            yield return Best(
                $"{images.Count:N0} images, crop and flip, {workers} workers",
                Loader(images, workers, augment: [Augmentation.RandomCrop(padding: 2), Augmentation.RandomHorizontalFlip()]));
        }
    }

    private static BatchLoader Loader(ImageDataset images, int workers, IReadOnlyList<Augmentation> augment) =>
        new(images, batchSize: 64, shuffle: true, workers, scale: PixelScale.Normalized(0.1307, 0.3081), augment: augment);

    private static Sample Best(string name, BatchLoader loader)
    {
        var best = double.MaxValue;
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            var start = Stopwatch.GetTimestamp();
            foreach (var _ in loader)
            {
            }
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return new Sample(name, best);
    }
}
