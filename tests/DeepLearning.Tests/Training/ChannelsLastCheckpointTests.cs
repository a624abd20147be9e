using DeepLearning.Data;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Training;

public sealed class ChannelsLastCheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Tensor _images;
    private readonly Tensor _classes;

    public ChannelsLastCheckpointTests()
    {
        manual_seed(1);
        _images = randn(12, 3, 6, 6);
        _classes = randint(0, 2, [12], int64);
    }

    public void Dispose()
    {
        _images.Dispose();
        _classes.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Interrupted_training_continues_with_bit_equal_results()
    {
        var options = new TrainerOptions { Epochs = 3, ChannelsLast = true };
        var expected = Fit(options);
        var checkpoints = new ModelCheckpoint(_folder.Path) { EverySteps = 1 };
        Assert.Throws<TimeoutException>(() => Fit(options with { Callbacks = [checkpoints, new At(4, () => throw new TimeoutException())] }));
        Assert.Equal(expected, Fit(options with { Callbacks = [checkpoints] }));
    }

    private float[] Fit(TrainerOptions options)
    {
        manual_seed(2);
        using var network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(64, 2));
        Trainer.Fit(network, new TensorBatches(_images, _classes, 4, shuffle: true), options: options);
        return [.. network.parameters().SelectMany(parameter => parameter.detach().contiguous().data<float>().ToArray())];
    }
}
