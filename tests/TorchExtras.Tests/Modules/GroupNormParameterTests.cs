using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Modules;

public sealed class GroupNormParameterTests
{
    [Fact]
    public void The_weight_becomes_ones_and_the_bias_zeros()
    {
        using var scope = NewDisposeScope();
        var norm = nn.GroupNorm(2, 6);
        nn.init.constant_(norm.weight!, double.NaN);
        nn.init.constant_(norm.bias!, 3);

        Assert.Same(norm, norm.reset_parameters());

        Assert.All(norm.weight!.data<float>(), value => Assert.Equal(1, value));
        Assert.All(norm.bias!.data<float>(), value => Assert.Equal(0, value));
        Assert.All(norm.parameters(), parameter => Assert.True(parameter.requires_grad && parameter.is_leaf));
    }

    [Fact]
    public void The_layer_is_initialized_within_a_Sequential_and_trained()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Sequential(nn.Conv2d(1, 4, 1), nn.GroupNorm(2, 4).reset_parameters());
        var x = rand(3, 1, 5, 5);

        var output = network.call(x);

        // (x - mean) / std of each of the two groups
        var groups = network[0].call(x).reshape(3, 2, -1);
        var expected = (groups - groups.mean([2], keepdim: true)) / (groups.var([2], unbiased: false, keepdim: true) + 1e-5).sqrt();
        Assert.True(expected.reshape(3, 4, 5, 5).allclose(output, rtol: 1e-4, atol: 1e-5));
        output.square().sum().backward();
        Assert.All(network.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void Other_types_of_numbers_and_frozen_parameters_are_filled_too()
    {
        using var norm = nn.GroupNorm(1, 3, dtype: float64);
        norm.weight!.requires_grad = false;
        norm.reset_parameters();
        Assert.All(norm.weight.data<double>(), value => Assert.Equal(1, value));
        Assert.False(norm.weight.requires_grad);
    }

    [Fact]
    public void A_layer_without_parameters_is_left_alone()
    {
        using var norm = nn.GroupNorm(2, 4, affine: false);
        Assert.Same(norm, norm.reset_parameters());
        Assert.Empty(norm.parameters());
    }
}
