using DeepLearning.Data;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepLearning.Tests.Worker;

/// <summary>
/// One of several processes that train together, or one alone that accumulates as many batches as they would take at once. Prints the weights,
/// the scores and the steps.
/// </summary>
internal static class TrainingTogether
{
    public static void Run(string folder, long stopAfter)
    {
        var alone = Environment.GetEnvironmentVariable("WORLD_SIZE") is null;
        if (!alone)
            distributed.init_process_group("gloo");
        manual_seed(1);
        using var points = randn(60, 4);
        using var classes = points.sum(1).gt(0).to(int64);
        using var network = Sequential(Linear(4, 16), ReLU(), Linear(16, 2));
        var result = Trainer.Fit(
            network, new TensorBatches(points, classes, 5, shuffle: true), new TensorBatches(points, classes, 7), new TrainerOptions
            {
                Epochs = 3,
                AccumulateBatches = alone ? 4 : 2,
                Optimizer = parameters => optim.SGD(parameters, 0.1, momentum: 0.9),
                Callbacks = [new Progress(Shown), new EpochLog(Path.Combine(folder, $"log-{Environment.ProcessId}.csv")), new SaveCheckpoints(folder) { EverySteps = 1 }, new StopLast(stopAfter)],
            });
        var weights = network.parameters().SelectMany(parameter => parameter.data<float>().ToArray());
        Console.WriteLine($"weights {string.Join(' ', weights.Select(weight => weight.ToString("R")))}");
        foreach (var epoch in result.History.Epochs)
            Console.WriteLine($"epoch {epoch.Epoch}: {epoch.Training}; {epoch.Validation}");
        Console.WriteLine($"steps {result.Steps} {result.StopReason}");
        if (!alone)
            distributed.destroy_process_group();
    }

    private static Action<object> Shown(object line)
    {
        Console.WriteLine("progress");
        return _ => { };
    }

    /// <summary>Stops the last process alone after a step.</summary>
    private sealed class StopLast(long step) : Callback
    {
        public override void AfterBatch(FitState fit)
        {
            if (fit.Step == step && Environment.GetEnvironmentVariable("RANK") is "1")
                fit.Stop("it has seen enough");
        }
    }
}
