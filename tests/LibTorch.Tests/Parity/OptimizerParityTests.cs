using System.Text.Json;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LibTorch.Tests.Parity;

// Expected values: optimizers.json, written by optimizers.py with PyTorch.
public sealed class OptimizerParityTests
{
    private static readonly Dictionary<string, float[][]> _expected = JsonSerializer.Deserialize<Dictionary<string, float[][]>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Parity", "optimizers.json")))!;

    private static readonly Dictionary<string, Func<IEnumerable<Parameter>, optim.Optimizer>> _optimizers = new()
    {
        ["sgd"] = parameters => optim.SGD(parameters, 0.1),
        ["sgd momentum"] = parameters => optim.SGD(parameters, 0.05, momentum: 0.9, dampening: 0.1),
        ["sgd nesterov"] = parameters => optim.SGD(parameters, 0.05, momentum: 0.9, nesterov: true),
        ["sgd weight decay"] = parameters => optim.SGD(parameters, 0.1, momentum: 0.5, weight_decay: 0.2),
        ["adam"] = parameters => optim.Adam(parameters, 0.05),
        ["adam weight decay"] = parameters => optim.Adam(parameters, 0.05, 0.8, 0.99, weight_decay: 0.1),
        ["adam amsgrad"] = parameters => optim.Adam(parameters, 0.05, amsgrad: true),
        ["adam maximize"] = parameters => optim.Adam(parameters, 0.05, maximize: true),
        ["adamw"] = parameters => optim.AdamW(parameters, 0.05, weight_decay: 0.1),
        ["adamw amsgrad"] = parameters => optim.AdamW(parameters, 0.05, amsgrad: true, maximize: true),
        ["rmsprop"] = parameters => optim.RMSProp(parameters, 0.02),
        ["rmsprop momentum"] = parameters => optim.RMSProp(parameters, 0.02, momentum: 0.9, weight_decay: 0.1),
        ["rmsprop centered"] = parameters => optim.RMSProp(parameters, 0.02, 0.9, momentum: 0.5, centered: true),
        ["rmsprop maximize"] = parameters => optim.RMSProp(parameters, 0.02, centered: true, maximize: true),
        ["adagrad"] = parameters => optim.Adagrad(parameters, 0.1),
        ["adagrad decay"] = parameters => optim.Adagrad(parameters, 0.1, 0.2, 0.1, 0.5, 1e-8),
        ["nadam"] = parameters => optim.NAdam(parameters, 0.05),
        ["nadam weight decay"] = parameters => optim.NAdam(parameters, 0.05, 0.8, 0.99, weight_decay: 0.1, momentum_decay: 0.1),
        ["adadelta"] = parameters => optim.Adadelta(parameters),
        ["adadelta weight decay"] = parameters => optim.Adadelta(parameters, 0.5, 0.8, weight_decay: 0.1, maximize: true),
    };

    public static TheoryData<string> Names => [.. _expected.Keys];

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
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
            float[] actual = [.. a.detach().ToArray<float>(), .. b.detach().ToArray<float>()];
            Assert.Equal(_expected[name][step], actual, (x, y) => Math.Abs(x - y) <= 1e-6f * Math.Max(1, Math.Abs(x)));
        }
    }

    [Fact]
    public void The_learning_rate_can_be_changed_between_steps()
    {
        using var weight = new Parameter(ones(1));
        using var optimizer = optim.SGD([weight], 1);
        optimizer.ParamGroups.Single().LearningRate = 0.25;
        weight.sum().backward();
        optimizer.step();
        Assert.Equal(0.75f, weight.detach().ToSingle());
    }

    [Fact]
    public void Settings_that_cannot_work_are_refused()
    {
        using var weight = new Parameter(ones(1));
        Assert.Throws<ArgumentException>(() => optim.SGD([weight], 0.1, nesterov: true));
        Assert.Throws<ArgumentException>(() => optim.SGD([weight, weight], 0.1));
        Assert.Throws<ArgumentException>(() => optim.Adam(Array.Empty<Parameter>()));
    }
}
