using DeepLearning.Data;
using DeepLearning.Models;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Training;

public sealed class ChannelsLastTests : IDisposable
{
    private readonly Tensor _images;
    private readonly Tensor _classes;

    public ChannelsLastTests()
    {
        manual_seed(1);
        _images = randn(12, 3, 6, 6);
        _classes = randint(0, 2, [12], int64);
    }

    public void Dispose()
    {
        _images.Dispose();
        _classes.Dispose();
    }

    [Fact]
    public void Inputs_and_weights_are_channels_last_and_training_has_the_same_results()
    {
        long[] inputs = [], weights = [];
        var seen = new Seen(fit => (inputs, weights) = (fit.Inputs!.stride(), fit.Model.parameters().First().stride()));
        var expected = Fit(new TrainerOptions { Epochs = 2 });
        var actual = Fit(new TrainerOptions { Epochs = 2, ChannelsLast = true, Callbacks = [seen] });
        Assert.Equal([108, 1, 18, 3], inputs);
        Assert.Equal([27, 1, 9, 3], weights);
        foreach (var (one, other) in expected.Zip(actual))
            Assert.Equal(one, other, 1e-5);
    }

    [Theory]
    [InlineData("batch_norm")]
    [InlineData("network")]
    [InlineData("simple_cnn")]
    [InlineData("mnist_cnn")]
    public void The_tutorials_networks_have_the_same_loss(string name)
    {
        using var images = rand(4, 1, 28, 28);
        using var classes = randint(0, 10, [4], int64);
        var losses = new[] { false, true }.Select(channelsLast =>
        {
            using var network = NetworkFactory.GetNetwork(name);
            var options = new TrainerOptions { ChannelsLast = channelsLast };
            return Trainer.Fit(network, new TensorBatches(images, classes), options: options).History.StepLosses[0];
        }).ToList();
        Assert.Equal(losses[0], losses[1], 1e-5);
    }

    /// <summary>The weights, in the order of their indices.</summary>
    private float[] Fit(TrainerOptions options)
    {
        manual_seed(2);
        using var network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(64, 2));
        Trainer.Fit(network, new TensorBatches(_images, _classes, 4, shuffle: true), options: options);
        return [.. network.parameters().SelectMany(parameter => parameter.detach().contiguous().data<float>().ToArray())];
    }

    private sealed class Seen(Action<FitState> look) : Callback
    {
        public override void BeforeStep(FitState fit) => look(fit);
    }
}
