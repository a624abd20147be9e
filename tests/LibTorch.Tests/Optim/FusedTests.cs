using System.Runtime.InteropServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LibTorch.Tests.Optim;

/// <summary>The fused operators beside the optimizers' own passes, on the CPU: a newer libtorch has them there too.</summary>
public sealed class FusedTests : IDisposable
{
    private const int Steps = 4;
    private const double Rate = 0.05;

    private readonly Tensor[] _starts;
    private readonly Tensor[][] _gradients;

    public FusedTests()
    {
        manual_seed(1);
        _starts = Draw();
        _gradients = [.. Enumerable.Range(0, Steps).Select(_ => Draw())];
    }

    public void Dispose()
    {
        foreach (var tensor in _gradients.SelectMany(gradients => gradients).Concat(_starts))
            tensor.Dispose();
    }

    [TheoryWithFused]
    [InlineData(0, false, false)]
    [InlineData(0.1, false, false)]
    [InlineData(0.1, true, false)]
    [InlineData(0.1, false, true)]
    public void Adam_takes_the_same_steps(double decay, bool amsgrad, bool maximize)
    {
        var expected = Stepped(parameters => optim.Adam(parameters, Rate, 0.8, 0.95, 1e-6, decay, amsgrad, maximize));
        Same(expected, FusedAdam("_fused_adam_", AdamOptions.Of<Adam.Options>(Rate, 0.8, 0.95, 1e-6, decay, amsgrad, maximize), amsgrad));
    }

    [TheoryWithFused]
    [InlineData(0, false, false)]
    [InlineData(0.1, false, false)]
    [InlineData(0.1, true, false)]
    [InlineData(0.1, false, true)]
    public void AdamW_takes_the_same_steps(double decay, bool amsgrad, bool maximize)
    {
        var expected = Stepped(parameters => optim.AdamW(parameters, Rate, 0.8, 0.95, 1e-6, decay, amsgrad, maximize));
        Same(expected, FusedAdam("_fused_adamw_", AdamOptions.Of<AdamW.Options>(Rate, 0.8, 0.95, 1e-6, decay, amsgrad, maximize), amsgrad));
    }

    [TheoryWithFused]
    [InlineData(0, 0, 0, false)]
    [InlineData(0.9, 0, 0, false)]
    [InlineData(0.9, 0.3, 0.1, false)]
    [InlineData(0.9, 0, 0.1, true)]
    public void SGD_takes_the_same_steps(double momentum, double dampening, double decay, bool nesterov)
    {
        var expected = Stepped(parameters => optim.SGD(parameters, Rate, momentum, dampening, decay, nesterov));
        var options = SGD.ParamGroup.Settings(Rate, momentum, dampening, decay, nesterov, maximize: false);
        Same(expected, Stepped(momentum == 0 ? 0 : 1, (parameters, gradients, states, step) =>
            Fused.Sgd(options, Rate, parameters, gradients, states, step)));
    }

    [Fact]
    public void Tensors_that_lie_in_memory_otherwise_are_not_taken()
    {
        using var square = zeros(2, 3);
        using var turned = zeros(3, 2).t();
        Assert.True(Fused.AreAlike([square], [square], [[square]]));
        Assert.False(Fused.AreAlike([square], [turned], [[square]]));
        Assert.False(Fused.AreAlike([square], [square], [[turned]]));
    }

    [Fact]
    public void Tensors_of_two_types_are_not_taken()
    {
        using var single = zeros(2);
        using var twice = zeros(2, ScalarType.Float64);
        Assert.False(Fused.AreAlike([single, twice], [single, twice], []));
    }

    [Fact]
    public void Nothing_on_the_CPU_is_taken()
    {
        using var tensor = zeros(2);
        Assert.False(Fused.Takes([tensor], [tensor], []));
    }

    private static Tensor[] Draw() => [randn(3, 4), randn(5)];

    private float[] FusedAdam(string name, AdamOptions options, bool amsgrad) => Stepped(
        amsgrad ? 3 : 2, (parameters, gradients, states, step) => Fused.Adam(name, options, Rate, parameters, gradients, states, step));

    private float[] Stepped(Func<IEnumerable<Parameter>, optim.Optimizer> create)
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = [.. _starts.Select(start => new Parameter(start.clone()))];
        using var optimizer = create(parameters);
        foreach (var gradients in _gradients)
        {
            foreach (var (parameter, gradient) in parameters.Zip(gradients))
                parameter.grad = gradient.clone();
            optimizer.step();
        }
        return Values(parameters);
    }

    private float[] Stepped(int states, Func<Tensor[], Tensor[], Tensor[][], long, bool> step)
    {
        using var scope = NewDisposeScope();
        Tensor[] parameters = [.. _starts.Select(start => start.clone())];
        Tensor[][] memory = [.. Enumerable.Range(0, states).Select(_ => parameters.Select(parameter => zeros_like(parameter)).ToArray())];
        for (var i = 0; i < Steps; i++)
            Assert.True(step(parameters, _gradients[i], memory, i + 1));
        return Values(parameters);
    }

    private static float[] Values(IEnumerable<Tensor> tensors) => [.. tensors.SelectMany(tensor => tensor.data<float>().ToArray())];

    private static void Same(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (one, other) in expected.Zip(actual))
            Assert.Equal(one, other, 1e-5);
    }

    /// <summary>A theory that needs fused operators on the CPU, and is reported as skipped where libtorch has none.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class TheoryWithFusedAttribute : TheoryAttribute
    {
        public TheoryWithFusedAttribute()
        {
            using var tensor = zeros(1);
            try
            {
                if (!Fused.Sgd(new SGD.Options(), 0, [tensor], [tensor], [], 1))
                    Skip = "this libtorch has no fused SGD";
            }
            catch (ExternalException)
            {
                Skip = "this libtorch has fused operators for GPUs only";
            }
        }
    }
}
