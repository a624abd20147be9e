using System.Text.Json;
using LibTorch.Tests.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace LibTorch.Tests.Parity;

// Expected values: layers.json, written by layers.py with PyTorch.
public sealed class LayerParityTests
{
    private static readonly Dictionary<string, Expected> _expected = JsonSerializer.Deserialize<Dictionary<string, Expected>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Parity", "layers.json")), JsonSerializerOptions.Web)!;

    public static TheoryData<string> Names => LayerTable.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Layers_start_compute_and_learn_as_PyTorchs(string name)
    {
        using var scope = NewDisposeScope();
        var expected = _expected[name];
        manual_seed(7);
        using var layer = LayerTable.All[name].Make();
        layer.to(ScalarType.Float64);
        AssertClose(expected.Parameters, [.. layer.parameters().Select(Weighed)]);
        var inputs = LayerTable.All[name].Inputs();
        inputs[0].requires_grad = is_floating_point(inputs[0].dtype);
        var results = LayerTable.Call(layer, inputs);
        foreach (var (numbers, result) in expected.Outputs.Zip(results))
            AssertClose(numbers, Numbers(result));
        results.Select(result => (result * LayerTable.Shifted(2, result.shape)).sum()).Aggregate((sum, part) => sum + part).backward();
        AssertClose(expected.Input, inputs[0].grad is { } gradient ? Numbers(gradient) : []);
        AssertClose(expected.Gradients, [.. layer.parameters().Select(parameter => parameter.grad).OfType<Tensor>().Select(Weighed)]);
        Assert.Equal(expected.Outputs.Length, results.Length);
    }

    [Fact]
    public void Every_layer_of_the_fixture_is_compared() => Assert.Equal(_expected.Keys.Order(), LayerTable.All.Keys.Order());

    private static double Weighed(Tensor tensor) => (tensor.detach() * LayerTable.Shifted(3, tensor.shape)).sum().ToDouble();

    private static double[] Numbers(Tensor tensor) => [.. tensor.detach().contiguous().ToArray<double>()];

    private static void AssertClose(double[] expected, double[] actual) =>
        Assert.Equal(expected, actual, (x, y) => Math.Abs(x - y) <= 1e-6 * Math.Max(1, Math.Abs(x)));

    private sealed record Expected(double[] Parameters, double[][] Outputs, double[] Input, double[] Gradients);
}
