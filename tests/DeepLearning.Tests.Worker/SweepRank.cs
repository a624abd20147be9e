using DeepLearning.Data;
using DeepLearning.Runs;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using Tests.Mpi;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepLearning.Tests.Worker;

/// <summary>A rank of mpirun that shares a sweep with the others. It writes the number of its runs, and the epochs of all runs.</summary>
internal static class SweepRank
{
    /// <param name="folder">The folder of the sweep.</param>
    /// <param name="processes">The number of processes.</param>
    /// <param name="isInitialized">Whether torch.distributed is initialized, as in a program with distributed training of other models.</param>
    public static void Run(string folder, int processes, bool isInitialized)
    {
        if (isInitialized)
            torch.distributed.init_process_group("mpi", TimeSpan.FromMinutes(5));
        manual_seed(1);
        using var points = randn(50, 2);
        using var classes = points.sum(1).gt(0).to(int64);
        var trained = 0;
        var runs = RunBuilder.GetRuns(each => new Setting(Lr: each.Of(0.1, 0.01, 0.001), Width: each.Of(4, 8)));
        var result = Sweep.Train(runs, Setup, new SweepOptions { Folder = folder, Report = _ => { } });
        RankOutput.Say($"trained = {trained}");
        RankOutput.Say($"result {result}");
        foreach (var run in result.Runs)
            RankOutput.Say($"epochs {run.Settings} {string.Join(' ', run.Epochs.Select(epoch => $"{epoch.Training.Loss:R} {epoch.Validation!.Loss:R}"))}");
        if (isInitialized)
            torch.distributed.destroy_process_group();

        RunSetup Setup(Setting run, long seed)
        {
            Meet(folder, processes);
            return new RunSetup(
                Sequential(Linear(2, run.Width), ReLU(), Dropout(0.2), Linear(run.Width, 2)),
                new TensorBatches(points, classes, 8, shuffle: true), new TensorBatches(points, classes),
                new TrainerOptions
                {
                    Epochs = 2,
                    Optimizer = parameters => optim.AdamW(parameters, run.Lr),
                    Callbacks = [new LambdaCallback(afterFit: _ => trained++)],
                });
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
