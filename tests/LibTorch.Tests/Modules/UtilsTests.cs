using LibTorch.Tests.Memory;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LibTorch.Tests.Modules;

public sealed class UtilsTests
{
    [Theory]
    [InlineData(2, 5)]
    [InlineData(1, 7)]
    [InlineData(double.PositiveInfinity, 4)]
    public void Clipping_scales_all_gradients_to_one_norm(double type, double norm)
    {
        using var a = WithGradient(3);
        using var b = WithGradient(0, -4);
        Assert.Equal(norm, nn.utils.clip_grad_norm_([a, b], 1, type), 5);
        Assert.Equal([0, (float)(-4 / norm)], b.grad!.ToArray<float>(), (x, y) => Math.Abs(x - y) < 1e-5);
    }

    [Fact]
    public void A_norm_below_the_limit_changes_nothing()
    {
        using var a = WithGradient(3, 4);
        using var without = new Parameter(ones(2));
        Assert.Equal(5, nn.utils.clip_grad_norm_([a, without], 10), 5);
        Assert.Equal([3, 4], a.grad!.ToArray<float>());
        Assert.Equal(0, nn.utils.clip_grad_norm_([without], 1));
    }

    [Fact]
    public void Clipping_by_value_holds_each_element()
    {
        using var a = WithGradient(-3, 0.5f, 4);
        nn.utils.clip_grad_value_([a], 1);
        Assert.Equal([-1, 0.5f, 1], a.grad!.ToArray<float>());
    }

    [Fact]
    public void Parameters_become_a_vector_and_come_back()
    {
        using var linear = nn.Linear(2, 2);
        using var vector = nn.utils.parameters_to_vector(linear.parameters());
        Assert.Equal([6], vector.shape);
        using var doubled = vector.detach() * 2;
        nn.utils.vector_to_parameters(doubled, linear.parameters());
        using var again = nn.utils.parameters_to_vector(linear.parameters());
        Assert.Equal(doubled.ToArray<float>(), again.detach().ToArray<float>());
        Assert.Throws<ArgumentException>(() => nn.utils.vector_to_parameters(ones(5), linear.parameters()));
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        using var linear = nn.Linear(2, 2);
        linear.call(ones(1, 2)).sum().backward();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = LiveTensors.Settle();
        nn.utils.clip_grad_norm_(linear.parameters(), 0.1);
        nn.utils.clip_grad_value_(linear.parameters(), 0.1);
        using (var vector = nn.utils.parameters_to_vector(linear.parameters()))
            nn.utils.vector_to_parameters(vector, linear.parameters());
        Assert.Equal(before, Tensor.TotalCount);
    }

    private static Parameter WithGradient(params float[] gradient) =>
        new(ones(gradient.Length)) { grad = tensor(gradient) };
}
