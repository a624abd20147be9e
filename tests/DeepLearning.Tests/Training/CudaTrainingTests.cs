using DeepLearning.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Training;

public sealed class CudaTrainingTests
{
    [FactWithCuda]
    public void Training_on_a_GPU_gives_the_weights_of_training_on_the_CPU()
    {
        var options = TwoClasses.Options with { Epochs = 4 };
        foreach (var (expected, actual) in Weights(options).Zip(Weights(options with { Device = CUDA })))
            Assert.Equal(expected, actual, 1e-5);
    }

    private static float[] Weights(TrainerOptions options)
    {
        using var problem = new TwoClasses();
        using var network = TwoClasses.Network();
        Trainer.Fit(network, problem.Batches(), options: options);
        network.to(CPU);
        return TwoClasses.Weights(network);
    }
}
