using DeepLearning.Training;
using LibTorch.Tests.Cuda;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Training;

/// <summary>Captured training where there is a GPU; <see cref="CapturedTrainingTests"/> has what can be told without one.</summary>
public sealed class CudaTrainingTests : IDisposable
{
    private readonly TwoClasses _problem = new();

    public void Dispose() => _problem.Dispose();

    [FactWithCuda]
    public void A_captured_training_comes_to_the_weights_of_an_eager_one()
    {
        var options = TwoClasses.Options with { Epochs = 4, Device = CUDA };
        foreach (var (expected, actual) in Weights(options).Zip(Weights(options with { CaptureGraph = true })))
            Assert.Equal(expected, actual, 1e-5);
    }

    [FactWithCuda]
    public void A_captured_training_in_BFloat16_comes_to_the_weights_of_an_eager_one()
    {
        TrainerOptions Options() => TwoClasses.Options with { Epochs = 4, Device = CUDA, Precision = new MixedPrecision() };
        foreach (var (expected, actual) in Weights(Options()).Zip(Weights(Options() with { CaptureGraph = true })))
            Assert.Equal(expected, actual, 1e-3);
    }

    [FactWithCuda]
    public void Each_replay_drops_other_units()
    {
        using var network = TwoClasses.Network(dropout: 0.5);
        var frozen = new TrainerOptions { Optimizer = parameters => optim.SGD(parameters, 0), Device = CUDA, CaptureGraph = true, Epochs = 6 };
        var losses = Trainer.Fit(network, _problem.Batches(null), options: frozen).History.StepLosses;
        Assert.Equal(6, losses.Distinct().Count());
    }

    [FactWithCuda]
    public void A_loss_that_reads_a_value_is_refused_with_advice()
    {
        using var network = TwoClasses.Network();
        var reading = TwoClasses.Options with
        {
            Device = CUDA,
            CaptureGraph = true,
            Loss = (outputs, targets) => nn.functional.cross_entropy(outputs, targets) * (outputs.sum().item<float>() > 0 ? 1 : 2),
        };
        var error = Assert.Throws<InvalidOperationException>(() => Trainer.Fit(network, _problem.Batches(), options: reading));
        Assert.Contains("Train without CaptureGraph", error.Message, StringComparison.Ordinal);
    }

    private float[] Weights(TrainerOptions options)
    {
        using var network = TwoClasses.Network();
        Trainer.Fit(network, _problem.Batches(), options: options);
        network.to(CPU);
        return TwoClasses.Weights(network);
    }
}
