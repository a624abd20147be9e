using Bench.Epochs;
using Bench.Measurement;
using DeepLearning.Data;
using DeepLearning.Models;
using DeepLearning.Training;

namespace Bench.Growth;

/// <summary>
/// Measures the time of an epoch over several epochs, and with half and a quarter of the images. It should be constant over epochs and proportional
/// to the number of images.
/// </summary>
internal static class GrowthSide
{
    private const int Epochs = 8;

    public static IEnumerable<Sample> Measure()
    {
        var setup = EpochSetup.All.Single(setup => setup.Seed == "001");
        var images = setup.Load(train: true);
        foreach (var (share, name) in new[] { (1, "all images"), (2, "half of the images"), (4, "a quarter of the images") })
        {
            var part = images.Subset(Enumerable.Range(0, images.Count / share));
            using var network = NetworkFactory.GetNetwork(setup.Network, seed: 1);
            var options = new TrainerOptions { Epochs = Epochs, Optimizer = setup.Optimizer };
            var fit = Trainer.Fit(network, new BatchLoader(part, setup.BatchSize, shuffle: true, scale: setup.Scale), options: options);
            var seconds = fit.History.Epochs.Select(epoch => epoch.Duration.TotalSeconds).ToArray();
            if (share == 1)
            {
                foreach (var epoch in new[] { 1, 2, Epochs })
                    yield return new Sample($"{name}, epoch {epoch}", 1e6 * seconds[epoch - 1] / part.Count);
            }
            else
            {
                yield return new Sample($"{name}, epoch {Epochs}", 1e6 * seconds[^1] / part.Count);
            }
        }
    }
}
