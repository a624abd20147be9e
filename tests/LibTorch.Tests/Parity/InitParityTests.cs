using System.Text.Json;
using LibTorch.Tests.Memory;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LibTorch.Tests.Parity;

// Expected values: initializers.json, written by initializers.py with PyTorch.
public sealed class InitParityTests
{
    private static readonly Dictionary<string, double[]> _expected = JsonSerializer.Deserialize<Dictionary<string, double[]>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Parity", "initializers.json")))!;

    private static readonly Dictionary<string, (long[] Shape, Func<Tensor, Tensor> Initialize)> _initializers = new()
    {
        ["orthogonal"] = ([3, 5], tensor => init.orthogonal_(tensor, 1.5)),
        ["orthogonal tall"] = ([3, 2, 1], tensor => init.orthogonal_(tensor)),
        ["truncated normal"] = ([3, 5], tensor => init.trunc_normal_(tensor, 0.5, 2, -1, 1.5)),
        ["eye"] = ([3, 5], init.eye_),
        ["dirac"] = ([3, 2, 3, 4], init.dirac_),
        ["sparse"] = ([5, 3], tensor => init.sparse_(tensor, 0.3, 0.1)),
        ["kaiming uniform"] = ([3, 5], tensor => init.kaiming_uniform_(tensor, 0.2)),
        ["kaiming normal"] = (
            [3, 5], tensor => init.kaiming_normal_(tensor, 0, init.FanInOut.FanOut, init.NonlinearityType.ReLU)),
        ["xavier uniform"] = ([3, 5], tensor => init.xavier_uniform_(tensor, 1.5)),
        ["xavier normal"] = ([3, 5, 2], tensor => init.xavier_normal_(tensor)),
    };

    public static TheoryData<string> Names => [.. _expected.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Weights_start_as_PyTorchs(string name)
    {
        var (shape, initialize) = _initializers[name];
        using var weight = ones(shape, ScalarType.Float64);
        manual_seed(7);
        Assert.Same(weight, initialize(weight));
        Assert.Equal(_expected[name], weight.ToArray<double>(), (x, y) => Math.Abs(x - y) <= 1e-9);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_but_the_weight_is_left(string name)
    {
        using var weight = ones(_initializers[name].Shape);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = LiveTensors.Settle();
        _initializers[name].Initialize(weight);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Shapes_that_cannot_work_are_refused()
    {
        using var vector = ones(3);
        Assert.All<Func<Tensor, Tensor>>(
            [init.eye_, init.dirac_, tensor => init.orthogonal_(tensor), tensor => init.sparse_(tensor, 0.5)],
            initialize => Assert.Throws<ArgumentException>(() => initialize(vector)));
    }
}
