using DeepLearning.Training;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Training;

public sealed class MixedPrecisionTests : IDisposable
{
    private readonly TwoClasses _problem = new();

    public void Dispose() => _problem.Dispose();

    [Fact]
    public void BFloat16_computes_in_16_bits_and_keeps_the_weights_in_32()
    {
        using var network = TwoClasses.Network();
        ScalarType? outputs = null;
        Trainer.Fit(network, _problem.Batches(), options: TwoClasses.Options with
        {
            Precision = new MixedPrecision(),
            Loss = (given, wanted) =>
            {
                outputs = given.dtype;
                return nn.functional.cross_entropy(given, wanted);
            },
        });
        Assert.Equal(ScalarType.BFloat16, outputs);
        Assert.All(network.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));
    }

    [Fact]
    public void BFloat16_trains_like_full_precision()
    {
        double Loss(Precision precision)
        {
            using var network = TwoClasses.Network();
            return Trainer.Fit(network, _problem.Batches(), options: TwoClasses.Options with { Epochs = 10, Precision = precision })
                .History.Epochs[^1].Training.Loss;
        }
        Assert.Equal(Loss(Precision.Full), Loss(new MixedPrecision()), 0.02);
    }

    [Fact]
    public void BFloat16_resumes_with_bit_equal_results_and_has_no_state()
    {
        Assert.Null(new MixedPrecision().SaveState());
        Assert.NotNull(new MixedPrecision(ScalarType.Float16).SaveState());
    }
}
