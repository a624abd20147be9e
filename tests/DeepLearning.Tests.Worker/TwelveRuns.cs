using DeepLearning.Data;
using DeepLearning.Runs;
using DeepLearning.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepLearning.Tests.Worker;

/// <summary>A sweep of twelve runs, of 21 steps each; says each step and what all came to.</summary>
internal static class TwelveRuns
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    public static void Train(string folder, int processes)
    {
        manual_seed(1);
        using var points = randn(50, 2);
        using var classes = points.sum(1).gt(0).to(int64);
        var runs = RunBuilder.GetRuns(each => new Setting(Lr: each.Of(0.1, 0.01, 0.001), Width: each.Of(4, 8)));
        var result = Sweep.Train(runs, Setup, new SweepOptions
        {
            Folder = folder,
            Seeds = [1, 2],
            CheckpointEverySteps = 1,
            Processes = processes,
            Report = _ => { },
        });
        Console.WriteLine(result);
        foreach (var epoch in result.Epochs)
            Console.WriteLine($"epoch {epoch.Settings} {epoch.Epoch} {epoch.Loss:R} {epoch.TestLoss:R}");

        RunSetup Setup(Setting run, long seed)
        {
            Meet(folder, processes);
            return new RunSetup(
                Sequential(Linear(2, run.Width), ReLU(), Dropout(0.2), Linear(run.Width, 2)),
                new TensorBatches(points, classes, 8, shuffle: true), new TensorBatches(points, classes),
                new TrainerOptions { Epochs = 3, Optimizer = parameters => optim.AdamW(parameters, run.Lr), Callbacks = [new Said()] });
        }
    }

    /// <summary>Waits until every process has come to a run of its own.</summary>
    private static void Meet(string folder, int processes)
    {
        File.WriteAllText(Path.Combine(folder, $"{Environment.ProcessId}.here"), "");
        var arrived = SpinWait.SpinUntil(() => Directory.GetFiles(folder, "*.here").Length >= processes, _patience);
        if (!arrived)
            throw new TimeoutException($"Fewer than {processes} processes train.");
    }

    private sealed record Setting(double Lr, int Width);
}
