using DeepLearning.Data;
using DeepLearning.Runs;
using DeepLearning.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepLearning.Tests.Worker;

/// <summary>A sweep of twelve runs of 21 steps each; prints each step, and the epochs of all runs.</summary>
internal static class TwelveRuns
{
    /// <param name="folder">The folder of the sweep.</param>
    /// <param name="processes">The number of processes that train it.</param>
    /// <param name="isWorker">Whether another process started this process and prints the results.</param>
    public static void Train(string folder, int processes, bool isWorker)
    {
        manual_seed(1);
        using var points = randn(50, 2);
        using var classes = points.sum(1).gt(0).to(int64);
        var runs = RunBuilder.GetRuns(each => new Setting(Lr: each.Of(0.1, 0.01, 0.001), Width: each.Of(4, 8)));
        var options = new SweepOptions { Folder = folder, Seeds = [1, 2], CheckpointEverySteps = 1, Report = _ => { } };
        using var workers = isWorker ? null : SweepWorkers.Start(processes - 1, "worker", folder, $"{processes}");
        var result = Sweep.Train(runs, Setup, options, isWorker ? SweepWorkers.EndOfStarter() : default);
        if (isWorker)
            return;
        workers!.WaitForExit();
        Console.WriteLine(result);
        foreach (var run in result.Runs)
        {
            foreach (var epoch in run.Epochs)
                Console.WriteLine($"epoch {run.Settings} {epoch.Epoch} {epoch.Training.Loss:R} {epoch.Validation!.Loss:R}");
        }

        RunSetup Setup(Setting run, long seed)
        {
            Meet(folder, processes);
            return new RunSetup(
                Sequential(Linear(2, run.Width), ReLU(), Dropout(0.2), Linear(run.Width, 2)),
                new TensorBatches(points, classes, 8, shuffle: true), new TensorBatches(points, classes),
                new TrainerOptions { Epochs = 3, Optimizer = parameters => optim.AdamW(parameters, run.Lr), Callbacks = isWorker ? [] : [new Said()] });
        }
    }

    /// <summary>Waits until every process trains a run.</summary>
    private static void Meet(string folder, int processes)
    {
        File.WriteAllText(Path.Combine(folder, $"{Environment.ProcessId}.here"), "");
        SpinWait.SpinUntil(() => Directory.GetFiles(folder, "*.here").Length >= processes);
    }

    private sealed record Setting(double Lr, int Width);
}
