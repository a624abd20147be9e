using DeepLearning.Data;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using Tests.Mpi;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepLearning.Tests.Worker;

/// <summary>
/// One of several processes of distributed training, or a single process that accumulates the same number of batches per step. It writes the weights,
/// the scores and the steps.
/// </summary>
internal static class TrainingTogether
{
    public static void Run(string folder, long stopAfter, bool alone)
    {
        if (!alone)
            torch.distributed.init_process_group("mpi", TimeSpan.FromHours(12));
        manual_seed(1);
        using var points = randn(60, 4);
        using var classes = points.sum(dim: 1).gt(0).to(int64);
        using var network = Sequential(Linear(4, 16), ReLU(), Linear(16, 2));
        var result = Trainer.Fit(
            network, new TensorBatches(points, classes, 5, shuffle: true), new TensorBatches(points, classes, 7), new TrainerOptions
            {
                Epochs = 3,
                AccumulateGradientBatches = alone ? 4 : 2,
                Optimizer = parameters => optim.SGD(parameters, 0.1, momentum: 0.9),
                Callbacks =
                [
                    new Progress(Shown), new CsvLogger(Path.Combine(folder, $"log-{Environment.ProcessId}.csv")),
                    new ModelCheckpoint(folder) { EverySteps = 1 }, new StopLast(stopAfter),
                ],
            });
        var weights = network.parameters().SelectMany(parameter => parameter.data<float>().ToArray());
        RankOutput.Say($"weights {string.Join(' ', weights.Select(weight => weight.ToString("R")))}");
        foreach (var epoch in result.History.Epochs)
            RankOutput.Say($"epoch {epoch.Epoch}: {epoch.Training}; {epoch.Validation}");
        RankOutput.Say($"steps {result.Steps} {result.StopReason}");
        if (!alone)
            torch.distributed.destroy_process_group();
    }

    private static Action<object> Shown(object line)
    {
        RankOutput.Say("progress");
        return _ => { };
    }

    /// <summary>Stops only the last process after a step.</summary>
    private sealed class StopLast(long step) : Callback
    {
        public override void AfterBatch(FitState fit)
        {
            if (fit.Step == step && torch.distributed.is_initialized() && torch.distributed.get_rank() == 1)
                fit.Stop("it has seen enough");
        }
    }
}
