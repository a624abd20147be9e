using Bench.Measurement;
using static TorchSharp.torch;

namespace Bench.Ops;

/// <summary>Measures operators on tiny tensors, whose time is the overhead of calls of libtorch. pytorch/ops.py measures the same.</summary>
internal static class OpsSide
{
    private const int Calls = 5000;

    public static IEnumerable<Sample> Measure()
    {
        using var a = randn(16);
        using var b = randn(16);
        using var row = randn(1, 16);
        using var square = randn(16, 16);
        using var weight = randn(16, 16).requires_grad_();
        yield return Time("a + b", () => (a + b).Dispose());
        yield return Time("a + 1", () => (a + 1).Dispose());
        yield return Time("a.add_(b)", () => a.add_(b));
        yield return Time("relu(a)", () => nn.functional.relu(a).Dispose());
        yield return Time("a[1]", () => a[1].Dispose());
        yield return Time("a.view(4, 4)", () => a.view(4, 4).Dispose());
        yield return Time("a.sum()", () => a.sum().Dispose());
        yield return Time("mean(0, keepdim)", () => square.mean([0], keepdim: true).Dispose());
        yield return Time("cat([a, b])", () => cat([a, b]).Dispose());
        yield return Time("matmul, 16 x 16", () => matmul(square, square).Dispose());
        yield return Time("zeros(16)", () => zeros(16).Dispose());
        yield return Time("a.sum().item()", () =>
        {
            using var sum = a.sum();
            sum.item<float>();
        });
        yield return Time("a.sum().item(), not disposed", () => a.sum().item<float>());
        yield return Time("linear, with gradient", () => nn.functional.linear(row, weight).Dispose());
        yield return Time("linear, sum, backward", () =>
        {
            using var output = nn.functional.linear(row, weight);
            using var sum = output.sum();
            sum.backward();
        });
    }

    private static Sample Time(string name, Action work) => new(name, Repeated.Microseconds(work, Calls));
}
