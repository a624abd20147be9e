using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LibTorch.Tests.Amp;

public sealed class AmpTests
{
    [Fact]
    public void Products_narrow_and_losses_stay_wide()
    {
        using var x = ones(2, 2);
        using (autocast("cpu"))
        {
            Assert.Equal(ScalarType.BFloat16, x.mm(x).dtype);
            Assert.Equal(ScalarType.BFloat16, nn.functional.linear(x, x).dtype);
            Assert.Equal(ScalarType.Float32, nn.functional.mse_loss(x.bfloat16(), x.bfloat16()).dtype);
            using (autocast("cpu", enabled: false))
                Assert.Equal(ScalarType.Float32, x.mm(x).dtype);
            Assert.Equal(ScalarType.BFloat16, x.mm(x).dtype);
        }
        Assert.Equal(ScalarType.Float32, x.mm(x).dtype);
    }

    [Fact]
    public void A_network_trains_under_autocast_with_weights_kept_wide()
    {
        manual_seed(1);
        using var layer = nn.Linear(8, 2);
        using var optimizer = optim.SGD(layer.parameters(), 0.1);
        using var x = randn(32, 8);
        using var labels = (x[.., 0] > 0).@long();
        List<float> losses = [];
        for (var step = 0; step < 20; step++)
        {
            Tensor loss;
            using (autocast("cpu"))
                loss = nn.functional.cross_entropy(layer.call(x), labels);
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
            losses.Add(loss.item<float>());
        }
        Assert.True(losses[^1] < losses[0] * 0.8f);
        Assert.Equal(ScalarType.Float32, layer.weight.dtype);
    }

    [Theory]
    [InlineData("meta", null)]
    [InlineData("cpu", ScalarType.Int32)]
    [InlineData("cpu", ScalarType.Float16)]
    public void A_device_or_type_that_autocast_does_not_know_is_refused(string device, ScalarType? type) =>
        Assert.Throws<ArgumentException>(() => autocast(device, type));

    [Fact]
    public void Scaled_gradients_step_as_plain_ones_do()
    {
        using var plain = new Parameter(ones(3));
        using var scaled = new Parameter(ones(3));
        using var first = optim.SGD([plain], 0.1);
        using var second = optim.SGD([scaled], 0.1);
        var scaler = amp.GradScaler(init_scale: 1024, growth_interval: 2);
        for (var step = 0; step < 4; step++)
        {
            first.zero_grad();
            second.zero_grad();
            plain.pow(2).sum().backward();
            scaler.scale(scaled.pow(2).sum()).backward();
            first.step();
            scaler.step(second);
            scaler.update();
        }
        Assert.True(plain.allclose(scaled));
        Assert.Equal(4096, scaler.get_scale());
    }

    [Fact]
    public void An_overflow_leaves_the_step_out_and_halves_the_scale()
    {
        using var weight = new Parameter(ones(3));
        using var optimizer = optim.SGD([weight], 0.1);
        var scaler = amp.GradScaler(init_scale: 1024);
        scaler.scale((weight * float.PositiveInfinity).sum()).backward();
        scaler.step(optimizer);
        scaler.update();
        Assert.Equal([1, 1, 1], weight.detach().ToArray<float>());
        Assert.Equal(512, scaler.get_scale());
    }

    [Fact]
    public void Steps_out_of_order_are_refused()
    {
        using var weight = new Parameter(ones(3));
        using var optimizer = optim.SGD([weight], 0.1);
        var scaler = amp.GradScaler();
        Assert.Throws<InvalidOperationException>(scaler.update);
        Assert.Throws<InvalidOperationException>(() => scaler.unscale_(optimizer));
        scaler.scale(weight.sum()).backward();
        scaler.unscale_(optimizer);
        Assert.Throws<InvalidOperationException>(() => scaler.unscale_(optimizer));
        Assert.Equal([1, 1, 1], weight.grad!.ToArray<float>());
    }

    [Fact]
    public void A_scaler_that_is_off_passes_everything_through()
    {
        using var weight = new Parameter(ones(1));
        using var optimizer = optim.SGD([weight], 0.5);
        var scaler = amp.GradScaler(enabled: false);
        scaler.scale(weight.sum()).backward();
        scaler.step(optimizer);
        scaler.update();
        Assert.Equal(0.5f, weight.detach().ToSingle());
        Assert.Equal(1, scaler.get_scale());
    }

    [Fact]
    public void A_scaler_goes_on_from_the_state_of_another()
    {
        using var weight = new Parameter(ones(1));
        using var optimizer = optim.SGD([weight], 0.5);
        var first = amp.GradScaler(init_scale: 8, growth_interval: 2);
        Step(first);
        var second = amp.GradScaler();
        second.load_state_dict(first.state_dict());
        Assert.Equal(8, second.get_scale());
        Step(second);
        Assert.Equal(16, second.get_scale());
        Assert.Empty(amp.GradScaler(enabled: false).state_dict());
        Assert.Throws<InvalidOperationException>(() => second.load_state_dict(amp.GradScaler(enabled: false).state_dict()));

        void Step(TorchSharp.Amp.GradScaler scaler)
        {
            scaler.scale(weight.sum()).backward();
            scaler.step(optimizer);
            scaler.update();
        }
    }
}
