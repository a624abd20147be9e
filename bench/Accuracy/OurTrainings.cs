using DeepLearning.Data;
using DeepLearning.Metrics;
using DeepLearning.Models;
using DeepLearning.Runs;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;

namespace Bench.Accuracy;

/// <summary>The side of this library: a sweep over setups and seeds.</summary>
internal static class OurTrainings
{
    /// <summary>Returns the test accuracy of the weights of the last epoch, by setup and seed. The accuracy is not used for selection.</summary>
    /// <exception cref="InvalidOperationException">A run failed.</exception>
    /// <exception cref="OperationCanceledException">The comparison was canceled.</exception>
    public static Dictionary<(string Setup, long Seed), double> Run(
        AccuracyOptions options, ImageFiles images, CancellationToken cancellation)
    {
        var result = Sweep.Train(
            options.Setups.Select(setup => new Setting(setup.Name, options.EpochsOf(setup), options.Batches ?? 0)),
            (setting, seed) => Training(options.Setups.Single(setup => setup.Name == setting.Setup), seed, options, images),
            new SweepOptions
            {
                Folder = Path.Combine(options.Folder, "ours"),
                Seeds = options.Seeds,
                CheckpointEverySteps = 1000,
                RetryFailed = true,
                Threads = Environment.ProcessorCount,
                Report = Console.Error.WriteLine,
            },
            cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (result.Runs.FirstOrDefault(run => run.State == RunState.Failed) is { } failed)
            throw new InvalidOperationException($"{failed.Settings} failed: {failed.Error}");
        return result.Runs.ToDictionary(
            run => (run.Settings.Get<string>(nameof(Setting.Setup)), run.Settings.Get<long>("seed")),
            run => TestAccuracy(run, options, images));
    }

    private static RunSetup Training(Setup setup, long seed, AccuracyOptions options, ImageFiles images) => new(
        NetworkFactory.GetNetwork(setup.Network, seed),
        new BatchLoader(images.Load(setup.Data, train: true), setup.BatchSize, setup.Shuffle, workers: 1, scale: setup.Scale),
        Options: new TrainerOptions { Epochs = options.EpochsOf(setup), LimitTrainBatches = options.Batches, Optimizer = setup.Optimizer });

    private static double TestAccuracy(SweepRun run, AccuracyOptions options, ImageFiles images)
    {
        var setup = options.Setups.Single(setup => setup.Name == run.Settings.Get<string>(nameof(Setting.Setup)));
        using var network = NetworkFactory.GetNetwork(setup.Network);
        network.LoadCheckpoint(Path.Combine(run.Folder, ModelCheckpoint.LastName));
        var test = new BatchLoader(images.Load(setup.Data, train: false), AccuracyOptions.TestBatchSize, scale: setup.Scale);
        return Evaluator.Measure(network, test, new TrainerOptions { LimitValidationBatches = options.Batches })[Metric.AccuracyName];
    }

    private sealed record Setting(string Setup, int Epochs, int Batches);
}
