using System.Diagnostics;
using DeepLearning.Data;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepLearning.Tests.Worker;

/// <summary>Trains for 200 epochs and prints the growth of resident memory since the 50th epoch in megabytes.</summary>
internal static class ResidentMemory
{
    private const int Epochs = 200, WarmUp = 50, BatchSize = 64;

    /// <param name="loop">The kind of loop: "trainer", or a handwritten loop with dispose scopes ("scopes") or without ("forgotten").</param>
    public static void Train(string loop)
    {
        using var points = randn(512, 64);
        using var classes = points.sum(1).gt(0).to(int64);
        using var model = Sequential(Linear(64, 128), ReLU(), Linear(128, 2));
        var batches = new TensorBatches(points, classes, BatchSize, shuffle: true);
        var resident = new List<double>();
        if (loop == "trainer")
            Trainer.Fit(model, batches, batches, new TrainerOptions { Epochs = Epochs, Callbacks = [new Measured(resident)] });
        else
            TrainByHand(model, batches, resident, inScopes: loop == "scopes");
        Console.WriteLine($"growth {(long)(resident.Skip(WarmUp).Max() - resident[WarmUp - 1])}");
    }

    private static void TrainByHand(Module<Tensor, Tensor> model, TensorBatches batches, List<double> resident, bool inScopes)
    {
        using var optimizer = optim.Adam(model.parameters());
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            foreach (var (inputs, targets) in batches.Epoch())
            {
                using var scope = inScopes ? NewDisposeScope() : null;
                optimizer.zero_grad();
                functional.cross_entropy(model.call(inputs), targets).backward();
                optimizer.step();
            }
            resident.Add(Megabytes());
        }
    }

    private static double Megabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / (1024.0 * 1024);
    }

    private sealed class Measured(List<double> resident) : Callback
    {
        public override void AfterEpoch(FitState fit) => resident.Add(Megabytes());
    }
}
