using System.Diagnostics;
using Bench.Measurement;
using DeepLearning.Data;

namespace Bench.Data;

/// <summary>All of MNIST's training images in shuffled, normalised batches of 64, with nobody to learn from them. pytorch/data.py has the same.</summary>
internal static class DataSide
{
    private const int Epochs = 5;

    public static IEnumerable<Sample> Measure()
    {
        var images = Mnist.Load(train: true);
        foreach (var workers in new[] { 0, 1 })
        {
            var loader = new BatchLoader(images, batchSize: 64, shuffle: true, workers, scale: PixelScale.Normalized(0.1307, 0.3081));
            var best = double.MaxValue;
            for (var epoch = 0; epoch < Epochs; epoch++)
            {
                var start = Stopwatch.GetTimestamp();
                foreach (var _ in loader)
                {
                }
                best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            yield return new Sample($"{images.Count:N0} images, {workers} workers", best);
        }
    }
}
