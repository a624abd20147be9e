using TorchSharp.Amp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Amp;

public sealed class AmpTests
{
    [Fact]
    public void Products_use_the_lower_precision_and_losses_Float32()
    {
        using var x = ones(2, 2);
        using (torch.autocast("cpu"))
        {
            Assert.Equal(ScalarType.BFloat16, x.mm(x).dtype);
            Assert.Equal(ScalarType.BFloat16, nn.functional.linear(x, x).dtype);
            Assert.Equal(ScalarType.Float32, nn.functional.mse_loss(x.bfloat16(), x.bfloat16()).dtype);
            using (torch.autocast("cpu", enabled: false))
                Assert.Equal(ScalarType.Float32, x.mm(x).dtype);
            Assert.Equal(ScalarType.BFloat16, x.mm(x).dtype);
        }
        Assert.Equal(ScalarType.Float32, x.mm(x).dtype);
    }

    [Fact]
    public void A_network_trains_under_autocast_with_Float32_weights()
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
            using (torch.autocast("cpu"))
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
    public void An_unsupported_device_or_type_is_rejected(string device, ScalarType? type) =>
        Assert.Throws<ArgumentException>(() => torch.autocast(device, type));

    [Fact]
    public void A_region_belongs_to_its_thread()
    {
        using var x = ones(2, 2);
        using (torch.autocast("cpu"))
        {
            Assert.True(torch.is_autocast_enabled("cpu"));
            Assert.Equal(ScalarType.BFloat16, torch.get_autocast_dtype("cpu"));
            Assert.False(torch.is_autocast_enabled("cuda"));
            var elsewhere = new Thread(() =>
            {
                Assert.False(torch.is_autocast_enabled("cpu"));
                Assert.Equal(ScalarType.Float32, x.mm(x).dtype);
            });
            elsewhere.Start();
            elsewhere.Join();
        }
        Assert.False(torch.is_autocast_enabled("cpu"));
    }

    [Fact]
    public void A_region_cannot_end_on_another_thread()
    {
        using var region = torch.autocast("cpu");
        Exception? error = null;
        var elsewhere = new Thread(() => error = Record.Exception(region.Dispose));
        elsewhere.Start();
        elsewhere.Join();
        Assert.Contains("thread where it began", Assert.IsType<InvalidOperationException>(error).Message, StringComparison.Ordinal);
        Assert.True(torch.is_autocast_enabled("cpu"));
    }

    [Fact]
    public void An_exception_ends_a_region()
    {
        Assert.Throws<FormatException>((Action)Fail);
        Assert.False(torch.is_autocast_enabled("cpu"));

        static void Fail()
        {
            using var region = torch.autocast("cpu");
            throw new FormatException();
        }
    }

    [Fact]
    public void Float16_works_on_the_CPU()
    {
        using var x = ones(2, 2);
        using var region = torch.autocast("cpu", float16);
        Assert.Equal(ScalarType.Float16, x.mm(x).dtype);
    }

    [Fact]
    public void Steps_with_scaled_gradients_equal_plain_steps()
    {
        using var plain = new Parameter(ones(3));
        using var scaled = new Parameter(ones(3));
        using var first = optim.SGD([plain], 0.1);
        using var second = optim.SGD([scaled], 0.1);
        var scaler = torch.amp.GradScaler(init_scale: 1024, growth_interval: 2);
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
    public void An_overflow_skips_the_step_and_halves_the_scale()
    {
        using var weight = new Parameter(ones(3));
        using var optimizer = optim.SGD([weight], 0.1);
        var scaler = torch.amp.GradScaler(init_scale: 1024);
        scaler.scale((weight * float.PositiveInfinity).sum()).backward();
        scaler.step(optimizer);
        scaler.update();
        Assert.Equal([1, 1, 1], weight.detach().data<float>().ToArray());
        Assert.Equal(512, scaler.get_scale());
    }

    [Fact]
    public void Steps_out_of_order_are_rejected()
    {
        using var weight = new Parameter(ones(3));
        using var optimizer = optim.SGD([weight], 0.1);
        var scaler = torch.amp.GradScaler();
        Assert.Throws<InvalidOperationException>(scaler.update);
        Assert.Throws<InvalidOperationException>(() => scaler.unscale_(optimizer));
        scaler.scale(weight.sum()).backward();
        scaler.unscale_(optimizer);
        Assert.Throws<InvalidOperationException>(() => scaler.unscale_(optimizer));
        Assert.Equal([1, 1, 1], weight.grad!.data<float>().ToArray());
    }

    [Fact]
    public void A_disabled_scaler_changes_nothing()
    {
        using var weight = new Parameter(ones(1));
        using var optimizer = optim.SGD([weight], 0.5);
        var scaler = torch.amp.GradScaler(enabled: false);
        scaler.scale(weight.sum()).backward();
        scaler.step(optimizer);
        scaler.update();
        Assert.Equal(0.5f, weight.detach().ToSingle());
        Assert.Equal(1, scaler.get_scale());
    }

    [Fact]
    public void A_scaler_continues_from_the_state_of_another()
    {
        using var weight = new Parameter(ones(1));
        using var optimizer = optim.SGD([weight], 0.5);
        var first = torch.amp.GradScaler(init_scale: 8, growth_interval: 2);
        Step(first);
        var second = torch.amp.GradScaler();
        second.load_state_dict(first.state_dict());
        Assert.Equal(8, second.get_scale());
        Step(second);
        Assert.Equal(16, second.get_scale());
        Assert.Empty(torch.amp.GradScaler(enabled: false).state_dict());
        Assert.Throws<InvalidOperationException>(() => second.load_state_dict(torch.amp.GradScaler(enabled: false).state_dict()));

        void Step(GradScaler scaler)
        {
            scaler.scale(weight.sum()).backward();
            scaler.step(optimizer);
            scaler.update();
        }
    }
}
