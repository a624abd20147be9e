using System.Text.Json;
using DeepLearning.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Parity;

// Expected values: framework.json, written by framework.py with PyTorch.
public sealed class FrameworkParityTests
{
    private static readonly JsonElement _expected = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Parity", "framework.json"))).RootElement;

    public static TheoryData<string> Networks => ["no_batch_norm", "batch_norm"];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Networks_start_from_PyTorchs_weights(string name)
    {
        using var network = NetworkFactory.GetNetwork(name, seed: 50);
        var sums = _expected.GetProperty(name).GetProperty("initial sums");
        Assert.Equal(sums.EnumerateObject().Select(entry => entry.Name), network.named_parameters().Select(entry => entry.name));
        foreach (var (key, parameter) in network.named_parameters())
        {
            using var values = parameter.detach().@double();
            Assert.Equal(sums.GetProperty(key)[0].GetDouble(), values.sum().item<double>(), 1e-9);
            Assert.Equal(sums.GetProperty(key)[1].GetDouble(), values.abs().sum().item<double>(), 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_losses_of_twenty_Adam_steps_equal_PyTorchs(string name)
    {
        using var network = NetworkFactory.GetNetwork(name, seed: 50).@double();
        using var optimizer = optim.Adam(network.parameters(), 0.01);
        var expected = _expected.GetProperty(name);
        for (var step = 0; step < 20; step++)
        {
            var (images, labels) = Batch(step);
            using var loss = nn.functional.cross_entropy(network.call(images), labels);
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
            Assert.Equal(expected.GetProperty("losses")[step].GetDouble(), loss.item<double>(), 1e-5);
        }
        network.eval();
        using var untracked = no_grad();
        var (unseen, classes) = Batch(20);
        using var evaluation = nn.functional.cross_entropy(network.call(unseen), classes);
        Assert.Equal(expected.GetProperty("evaluation loss").GetDouble(), evaluation.item<double>(), 1e-5);
    }

    private static (Tensor Images, Tensor Labels) Batch(int step, int size = 100)
    {
        var labels = (arange(size) * 7 + step) % 10;
        var pixels = arange(784).reshape(1, 28, 28);
        var images = (((pixels * (labels.reshape(-1, 1, 1, 1) + 3)) + (arange(size).reshape(-1, 1, 1, 1) * 5) + step) % 256).@double() / 255.0;
        return (images, labels);
    }
}
