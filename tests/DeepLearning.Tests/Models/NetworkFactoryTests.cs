using DeepLearning.Models;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Models;

public sealed class NetworkFactoryTests
{
    public static TheoryData<string> Names => [.. NetworkFactory.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Equal_names_and_seeds_give_equal_weights_in_new_networks(string name)
    {
        using var first = NetworkFactory.GetNetwork(name);
        using var second = NetworkFactory.GetNetwork(name);
        using var other = NetworkFactory.GetNetwork(name, seed: 51);
        Assert.All(first.parameters().Zip(second.parameters()), pair => Assert.True(pair.First.allclose(pair.Second, 0, 0)));
        Assert.False(first.parameters().First().allclose(other.parameters().First()));
        using var untracked = no_grad();
        first.parameters().First().zero_();
        Assert.NotEqual(0, second.parameters().First().abs().sum().item<float>());
    }

    [Fact]
    public void An_unknown_name_is_rejected_with_the_known_names()
    {
        var error = Assert.Throws<ArgumentException>(() => NetworkFactory.GetNetwork("batchnorm"));
        Assert.StartsWith(
            "There is no network 'batchnorm'; the networks are no_batch_norm, batch_norm, network, neural_network, ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_factory_has_added_networks_and_those_of_the_tutorials()
    {
        var networks = new NetworkFactory { ["mine"] = () => nn.Linear(2, 3) };
        using var first = networks.Make("mine", seed: 4);
        using var second = networks.Make("mine", seed: 4);
        using var tutorials = networks.Make("batch_norm");
        Assert.True(first.parameters().First().allclose(second.parameters().First(), 0, 0));
        Assert.Equal([.. NetworkFactory.Names, "mine"], networks.All);
        Assert.Contains("mine", Assert.Throws<ArgumentException>(() => networks.Make("yours")).Message);
    }

    [Fact]
    public void Factories_do_not_share_added_networks()
    {
        _ = new NetworkFactory { ["mine"] = () => nn.Linear(2, 3), ["batch_norm"] = () => nn.Linear(1, 1) };
        Assert.DoesNotContain("mine", NetworkFactory.Names);
        Assert.DoesNotContain("mine", new NetworkFactory().All);
        using var tutorials = NetworkFactory.GetNetwork("batch_norm");
        Assert.Equal(14, tutorials.parameters().Count());
    }
}
