using System.Text.Json;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Data;

// Expected values: samplers.json, written by samplers.py with PyTorch.
public sealed class SamplerParityTests
{
    private static readonly Dictionary<string, long[][]> _expected = JsonSerializer.Deserialize<Dictionary<string, long[][]>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "samplers.json")))!;

    private static readonly Dictionary<string, Func<IEnumerable<long[]>>> _orders = new()
    {
        ["random"] = () => Epochs(utils.data.RandomSampler(20)),
        ["random generator"] = () => Epochs(utils.data.RandomSampler(20, generator: new Generator(3))),
        ["random more"] = () => Epochs(utils.data.RandomSampler(8, num_samples: 21)),
        ["random replacement"] = () => Epochs(utils.data.RandomSampler(10, true, 70, new Generator(3))),
        ["random replacement default"] = () => Epochs(utils.data.RandomSampler(40, replacement: true)),
        ["subset"] = () => Epochs(utils.data.SubsetRandomSampler([5, 3, 8, 1, 9])),
        ["weighted"] = () => Epochs(utils.data.WeightedRandomSampler([0.1, 0.9, 0.4, 0.7, 3.0, 0.6], 12)),
        ["weighted once"] = () => Epochs(utils.data.WeightedRandomSampler([0.9, 0.4, 0.05, 0.2, 0.3, 0.1], 5, false, new Generator(3))),
        ["distributed"] = () => Shares(11, 3),
        ["distributed seed"] = () => Shares(12, 4, seed: 5),
        ["distributed drop last"] = () => Shares(11, 3, drop_last: true),
        ["distributed in order"] = () => Shares(5, 3, shuffle: false),
        ["distributed few"] = () => Shares(2, 5),
    };

    public static TheoryData<string> Names => [.. _expected.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_order_of_samples_equals_PyTorchs(string name)
    {
        manual_seed(7);
        Assert.Equal(_expected[name], _orders[name]());
    }

    private static IEnumerable<long[]> Epochs(Sampler sampler)
    {
        for (var epoch = 0; epoch < 2; epoch++)
        {
            long[] order = [.. sampler];
            Assert.Equal(order.Length, sampler.Count);
            yield return order;
        }
    }

    private static IEnumerable<long[]> Shares(int samples, int replicas, bool shuffle = true, long seed = 0, bool drop_last = false)
    {
        for (var rank = 0; rank < replicas; rank++)
        {
            var sampler = utils.data.distributed.DistributedSampler(samples, replicas, rank, shuffle, seed, drop_last);
            for (var epoch = 0; epoch < 2; epoch++)
            {
                sampler.set_epoch(epoch);
                yield return [.. sampler];
            }
        }
    }

    [Theory]
    [InlineData(-1.0, 1, true)]
    [InlineData(double.NaN, 1, true)]
    [InlineData(double.PositiveInfinity, 1, true)]
    [InlineData(0.0, 3, false)]
    public void Weights_that_are_no_probabilities_are_rejected(double weight, long samples, bool replacement)
    {
        double[] weights = replacement ? [1, weight] : [1, weight, 2];
        Assert.Throws<ArgumentException>("weights", () => utils.data.WeightedRandomSampler(weights, samples, replacement));
        Assert.Throws<ArgumentException>("weights", () => utils.data.WeightedRandomSampler([0, 0], 2));
    }
}
