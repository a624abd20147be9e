using System.Text.Json;
using DeepLearning.Data;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Data;

// Expected values: datasets.json, written by datasets.py with PyTorch.
public sealed class ThreeClassesTests
{
    private static readonly JsonElement _expected = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "datasets.json"))).RootElement.GetProperty("three classes");

    [Fact]
    public void The_data_equals_the_tutorials_for_the_same_seed()
    {
        var set = ThreeClasses.Make(10_000, _expected.GetProperty("seed").GetInt64());
        var data = cat([set.X, set.Y], 1);
        var rows = _expected.GetProperty("rows").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(value => value.GetSingle());
        Assert.Equal(rows, data[..20].data<float>().ToArray());
        var sums = data.to(ScalarType.Float64).sum(dim: 0).data<double>().ToArray();
        Assert.All(_expected.GetProperty("sums").EnumerateArray().Zip(sums), pair => Assert.Equal(pair.First.GetDouble(), pair.Second, 1e-9));
    }

    [Fact]
    public void The_default_random_generator_is_not_used()
    {
        manual_seed(3);
        var expected = rand(1).item<float>();
        manual_seed(3);
        ThreeClasses.Make(10);
        Assert.Equal(expected, rand(1).item<float>());
    }

    [Fact]
    public void Generation_leaves_no_other_tensors()
    {
        var before = LiveTensors.OfThisThread;
        var set = ThreeClasses.Make(10);
        set.X.Dispose();
        set.Y.Dispose();
        Assert.Equal(before, LiveTensors.OfThisThread);
    }
}
