using DeepLearning.Training;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Training;

/// <summary>What <see cref="TrainerOptions.CaptureGraph"/> does not go with.</summary>
public sealed class CaptureGraphTests : IDisposable
{
    private static readonly TrainerOptions _captured = TwoClasses.Options with { CaptureGraph = true };

    private readonly TwoClasses _problem = new();

    public void Dispose() => _problem.Dispose();

    [Fact]
    public void A_training_on_the_CPU_is_refused_with_the_device_it_is_on() =>
        Assert.Contains("CaptureGraph needs a CUDA device, and training is on cpu", Refused(_captured), StringComparison.Ordinal);

    [Fact]
    public void Accumulated_batches_are_refused() =>
        Assert.Contains("AccumulateBatches = 2", Refused(_captured with { AccumulateBatches = 2 }), StringComparison.Ordinal);

    [Fact]
    public void Scaled_gradients_are_refused() => Assert.Contains(
        "new MixedPrecision(ScalarType.BFloat16)", Refused(_captured with { Precision = new MixedPrecision(ScalarType.Float16) }), StringComparison.Ordinal);

    [Fact]
    public void BFloat16_is_not_refused()
    {
        using var network = TwoClasses.Network();
        var graph = new RepeatedGraph(network);
        var result = Trainer.Fit(
            network, _problem.Batches(10), options: _captured with { Epochs = 2, Precision = new MixedPrecision(), NewGraph = _ => graph });
        Assert.Equal(10, result.Steps);
        Assert.Equal(7, graph.Replays);
    }

    private string Refused(TrainerOptions options)
    {
        using var network = TwoClasses.Network();
        return Assert.Throws<ArgumentException>(() => Trainer.Fit(network, _problem.Batches(), options: options)).Message;
    }
}
