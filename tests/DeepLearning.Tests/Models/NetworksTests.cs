using DeepLearning.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Models;

// Expected values: networks.json, written by networks.py with PyTorch.
public sealed class NetworksTests
{
    public static TheoryData<string> Names => [.. NetworkFactory.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Networks_have_PyTorchs_initial_weights_and_names(string name)
    {
        using var network = NetworkFactory.GetNetwork(name, seed: 50);
        var expected = Fixture.Of(name).GetProperty("parameters");
        Assert.Equal(expected.EnumerateObject().Select(entry => entry.Name), network.named_parameters().Select(entry => entry.name));
        foreach (var (key, parameter) in network.named_parameters())
        {
            using var values = parameter.detach().@double().flatten();
            Assert.Equal(expected.GetProperty(key)[0].GetDouble(), values.sum().item<double>(), 1e-9);
            Assert.Equal(expected.GetProperty(key)[1].GetDouble(), values.abs().sum().item<double>(), 1e-9);
            Assert.Equal(expected.GetProperty(key)[2].GetDouble(), values[0].item<double>(), 1e-15);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_of_networks_equal_PyTorchs(string name)
    {
        using var network = NetworkFactory.GetNetwork(name, seed: 50).@double();
        network.eval();
        using var untracked = no_grad();
        var output = network.call(Fixture.Example(name)).flatten().data<double>().ToArray();
        var expected = Fixture.Of(name).GetProperty("output").EnumerateArray().Select(value => value.GetDouble()).ToList();
        Assert.Equal(expected.Count, output.Length);
        Assert.All(expected.Zip(output), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_weight_has_a_gradient(string name)
    {
        using var network = NetworkFactory.GetNetwork(name).@double();
        network.call(Fixture.Example(name)).square().sum().backward();
        Assert.All(network.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void A_call_leaves_only_its_output()
    {
        foreach (var name in NetworkFactory.Names)
        {
            using var network = NetworkFactory.GetNetwork(name).@double();
            using var example = Fixture.Example(name);
            var before = LiveTensors.OfThisThread;
            network.call(example).Dispose();
            Assert.Equal(before, LiveTensors.OfThisThread);
        }
    }

    [Theory]
    [InlineData(false, 10)]
    [InlineData(true, 2)]
    public void In_the_tutorials_network_only_two_layers_have_an_activation(bool asInTutorial, int activations)
    {
        using var network = new NeuralNetwork(layersNum: 10, asInTutorial: asInTutorial);
        Assert.Equal(activations, network.modules().OfType<ReLU>().Count());
        Assert.Equal(11, network.modules().OfType<Linear>().Count());
    }

    [Fact]
    public void Depth_width_and_normalization_of_the_deep_network_are_parameters()
    {
        using var network = new NeuralNetwork(layersNum: 3, width: 7, mean: 0, std: 1);
        Assert.Equal([[7, 784], [7, 7], [7, 7], [10, 7]], network.modules().OfType<Linear>().Select(linear => linear.weight.shape));
        Assert.All(network.modules().OfType<Linear>(), linear => Assert.Equal(0, linear.bias!.abs().sum().item<float>()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NeuralNetwork(layersNum: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NeuralNetwork(std: 0));
    }

    [Fact]
    public void The_notations_of_tutorial_004s_network_are_equivalent()
    {
        nn.Module<Tensor, Tensor>[] networks = [.. new Func<nn.Module<Tensor, Tensor>>[]
        {
            () => new Network(), SequentialNetworks.Numbered, SequentialNetworks.Named, SequentialNetworks.Added,
        }.Select(make =>
        {
            manual_seed(3);
            return make();
        })];
        using var images = rand(2, 1, 28, 28);
        var outputs = networks.Select(network => network.call(images)).ToList();
        Assert.All(outputs, output => Assert.True(output.allclose(outputs[0], 0, 0)));
        Assert.Equal(networks[2].named_parameters().Select(entry => entry.name), networks[3].named_parameters().Select(entry => entry.name));
    }

    [Fact]
    public void The_small_cnn_has_the_given_number_of_classes()
    {
        using var network = new SimpleCnn(numClasses: 3);
        Assert.Equal([2, 3], network.call(zeros(2, 1, 28, 28)).shape);
    }
}
