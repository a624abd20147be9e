using DeepLearning.Models;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Models;

public sealed class NetworkFactoryTests
{
    [Theory]
    [InlineData("no_batch_norm")]
    [InlineData("batch_norm")]
    public void Equal_names_and_seeds_give_equal_weights_in_new_networks(string name)
    {
        using var first = NetworkFactory.GetNetwork(name);
        using var second = NetworkFactory.GetNetwork(name);
        using var other = NetworkFactory.GetNetwork(name, seed: 51);
        Assert.All(first.parameters().Zip(second.parameters()), pair => Assert.True(pair.First.allclose(pair.Second, 0, 0)));
        Assert.False(first.get_parameter("0.weight")!.allclose(other.get_parameter("0.weight")!));
        using var untracked = no_grad();
        first.get_parameter("0.weight")!.zero_();
        Assert.NotEqual(0, second.get_parameter("0.weight")!.abs().sum().item<float>());
    }

    [Fact]
    public void Networks_score_ten_classes()
    {
        foreach (var name in NetworkFactory.Names)
        {
            using var network = NetworkFactory.GetNetwork(name);
            Assert.Equal([3, 10], network.call(rand(3, 1, 28, 28)).shape);
        }
    }

    [Fact]
    public void An_unknown_name_lists_those_there_are()
    {
        var error = Assert.Throws<ArgumentException>(() => NetworkFactory.GetNetwork("batchnorm"));
        Assert.StartsWith("There is no network 'batchnorm'; there are no_batch_norm, batch_norm.", error.Message, StringComparison.Ordinal);
    }
}
