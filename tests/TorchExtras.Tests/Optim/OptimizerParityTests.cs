using System.Text.Json;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Optim;

// Expected values: optimizers.json, written by optimizers.py with PyTorch.
public sealed class OptimizerParityTests
{
    private static readonly Dictionary<string, float[][]> _expected = JsonSerializer.Deserialize<Dictionary<string, float[][]>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Optim", "optimizers.json")))!;

    private static readonly Dictionary<string, Func<IEnumerable<Parameter>, optim.Optimizer>> _optimizers = new()
    {
        ["sgd"] = parameters => optim.fused.SGD(parameters, 0.1),
        ["sgd momentum"] = parameters => optim.fused.SGD(parameters, 0.05, momentum: 0.9, dampening: 0.1),
        ["sgd nesterov"] = parameters => optim.fused.SGD(parameters, 0.05, momentum: 0.9, nesterov: true),
        ["sgd weight decay"] = parameters => optim.fused.SGD(parameters, 0.1, momentum: 0.5, weight_decay: 0.2),
        ["adam"] = parameters => optim.fused.Adam(parameters, 0.05),
        ["adam weight decay"] = parameters => optim.fused.Adam(parameters, 0.05, 0.8, 0.99, weight_decay: 0.1),
        ["adam amsgrad"] = parameters => optim.fused.Adam(parameters, 0.05, amsgrad: true),
        ["adam maximize"] = parameters => optim.fused.Adam(parameters, 0.05, maximize: true),
        ["adamw"] = parameters => optim.fused.AdamW(parameters, 0.05, weight_decay: 0.1),
        ["adamw amsgrad"] = parameters => optim.fused.AdamW(parameters, 0.05, amsgrad: true, maximize: true),
    };

    public static TheoryData<string> Names => [.. _optimizers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Ten_steps_equal_PyTorchs(string name)
    {
        using var a = new Parameter(tensor(new[] { 0.5f, -1, 2 }));
        using var b = new Parameter(tensor(new[,] { { 1f, -0.25f } }));
        using var weights = tensor(new[] { 1f, 2, 0.5f });
        using var optimizer = _optimizers[name]([a, b]);
        for (var step = 0; step < 10; step++)
        {
            using var loss = step == 3
                ? (a * a).sum()
                : (a * a * weights).sum() + (a[0] * b[0, 0]) + (b.sin() * 3).sum();
            // in step 3 b has no gradient
            (a.grad, b.grad) = (null, null);
            loss.backward();
            optimizer.step();
            float[] actual = [.. a.detach().data<float>(), .. b.detach().data<float>()];
            Assert.Equal(_expected[name][step], actual, (x, y) => Math.Abs(x - y) <= 1e-6f * Math.Max(1, Math.Abs(x)));
        }
    }
}
