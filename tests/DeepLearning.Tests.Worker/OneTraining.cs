using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DeepLearning.Data;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepLearning.Tests.Worker;

/// <summary>Trains with checkpoints in an optional folder, prints each step, and prints a hash of the weights at the end.</summary>
internal static class OneTraining
{
    public static void Run(string? folder)
    {
        manual_seed(1);
        using var points = randn(200, 4);
        using var classes = points.sum(1).gt(0).to(int64);
        using var network = Sequential(Linear(4, 32), ReLU(), Dropout(0.2), Linear(32, 2));
        Callback[] callbacks = folder is null ? [new Said()] : [new ModelCheckpoint(folder) { EverySteps = 1 }, new Said()];
        Trainer.Fit(network, new TensorBatches(points, classes, 4, shuffle: true), options: new TrainerOptions
        {
            Epochs = 6,
            Optimizer = parameters => optim.AdamW(parameters, 0.01),
            Scheduler = optimizer => optim.lr_scheduler.CosineAnnealingLR(optimizer, 300),
            SchedulerInterval = SchedulerInterval.Step,
            Callbacks = callbacks,
        });
        Console.WriteLine($"weights {HashOf(network)}");
    }

    public static string HashOf(Module network)
    {
        var weights = network.parameters().SelectMany(parameter => parameter.data<float>().ToArray()).ToArray();
        return Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<float>(weights)));
    }
}

/// <summary>Prints each step.</summary>
internal sealed class Said : Callback
{
    public override void AfterBatch(FitState fit) => Console.WriteLine($"step {fit.Step}");
}
