using System.Diagnostics;
using Bench.Measurement;
using DeepLearning.Data;
using DeepLearning.Models;
using DeepLearning.Training;
using TorchSharp;

namespace Bench.Epochs;

/// <summary>The side of this library for one tutorial, in a new process: the trainer with its defaults, from the first step on.</summary>
internal static class EpochSide
{
    public const string Command = "epoch-side";

    public static IEnumerable<Sample> Measure(EpochSetup setup, long randomSeed, torch.Device device)
    {
        var test = new BatchLoader(setup.Load(train: false), setup.BatchSize, scale: setup.Scale, device: device);
        var train = new BatchLoader(setup.Load(train: true), setup.BatchSize, setup.Shuffle, scale: setup.Scale, device: device);
        using var network = NetworkFactory.GetNetwork(setup.Network, randomSeed);
        var options = new TrainerOptions { Optimizer = setup.Optimizer, Device = device };
        var start = Stopwatch.GetTimestamp();
        Trainer.Fit(network, train, options: options);
        yield return new Sample("train_s", Stopwatch.GetElapsedTime(start).TotalSeconds);
        start = Stopwatch.GetTimestamp();
        var scores = Evaluator.Measure(network, test, options);
        yield return new Sample("evaluate_s", Stopwatch.GetElapsedTime(start).TotalSeconds);
        yield return new Sample("accuracy", scores["accuracy"]);
        yield return new Sample("peak_mb", PeakMegabytes());
    }

    public static double PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / (1024.0 * 1024);
    }
}
