using System.Text.Json;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Models;

/// <summary>The output of networks.py.</summary>
internal static class Fixture
{
    private static readonly JsonElement _expected = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Models", "networks.json"))).RootElement;

    public static JsonElement Of(string name) => _expected.GetProperty(name);

    /// <summary>The shape of a sample.</summary>
    public static long[] InputShape(string name) => [.. Of(name).GetProperty("input").EnumerateArray().Select(size => size.GetInt64())];

    /// <summary>Two samples from a formula.</summary>
    public static Tensor Example(string name)
    {
        using var scope = NewDisposeScope();
        long[] shape = [2, .. InputShape(name)];
        var count = shape.Aggregate(1L, (product, size) => product * size);
        return (arange(count) * 37 % 256).to(ScalarType.Float64).div(255).reshape(shape).MoveToOuterDisposeScope();
    }
}
