using LibTorch.Tests.Memory;
using TorchSharp;
using static TorchSharp.torch;

namespace LibTorch.Tests.Distributed;

public sealed class DataParallelTests
{
    [Theory]
    [InlineData("double", 1e-12)]
    [InlineData("single", 1e-5)]
    public async Task Two_processes_train_to_the_weights_of_one_with_the_doubled_batch(string precision, double tolerance)
    {
        var together = await Workers.RunAsync(2, $"train {precision} 12");
        var alone = await Workers.RunAloneAsync($"train {precision} 12 alone");

        Assert.All(together, end => Assert.Equal((0, ""), (end.ExitCode, end.Error)));
        foreach (var name in new[] { "0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias" })
        {
            var expected = alone.Numbers(name);
            Assert.All(together, end => Assert.All(
                end.Numbers(name).Zip(expected), pair => Assert.InRange(pair.First - pair.Second, -tolerance, tolerance)));
        }
    }

    [Fact]
    public async Task Without_sync_gradients_add_up_until_the_next_backward_with_it()
    {
        var ends = await Workers.RunAsync(2, "no-sync");

        Assert.Equal([[1], [2], [4.5]], [ends[0].Numbers("first"), ends[0].Numbers("second"), ends[0].Numbers("third")]);
        Assert.Equal([[2], [4], [4.5]], [ends[1].Numbers("first"), ends[1].Numbers("second"), ends[1].Numbers("third")]);
    }

    [Fact]
    public async Task Buffers_are_those_of_rank_0_and_names_begin_with_module()
    {
        var ends = await Workers.RunAsync(2, "buffers");

        // a tenth of the first batch's mean, about 10
        Assert.All(ends[0].Numbers("mean"), mean => Assert.InRange(mean, 0.5, 1.5));
        Assert.Equal(ends[0].Numbers("mean"), ends[1].Numbers("mean"));
        Assert.Contains("module.weight module.bias module.running_mean module.running_var module.num_batches_tracked", ends[0].Lines);
    }

    [Fact]
    public async Task Parameters_that_one_process_does_not_use_get_the_others_gradients()
    {
        var ends = await Workers.RunAsync(2, "unused");

        Assert.All(ends, end => Assert.Equal([0.5], end.Numbers("first")));
        Assert.All(ends, end => Assert.Equal([0.5], end.Numbers("second")));
    }

    [Fact]
    public async Task Nothing_is_left_after_training_and_leaving()
    {
        var ends = await Workers.RunAsync(2, "leave-nothing");

        Assert.All(ends, end => Assert.Equal([0], end.Numbers("left")));
    }

    [Fact]
    public void A_wrapped_module_is_freed_with_its_wrapper()
    {
        var before = LiveTensors.Settle();
        using (new GroupOfOne())
        using (NewDisposeScope())
        {
            using var shared = nn.parallel.DistributedDataParallel(nn.Linear(3, 2), device_ids: [CPU]);
            shared.call(ones(4, 3)).sum().backward();
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Two_inputs_are_handed_to_the_module_inside()
    {
        using var group = new GroupOfOne();
        using var scope = NewDisposeScope();
        using var shared = nn.parallel.DistributedDataParallel(new Scaled());

        shared.call(ones(2), ones(2) * 3).sum().backward();

        using var gradient = shared.module.parameters().Single().grad!;
        Assert.Equal(6, gradient.ToDouble());
    }

    [Fact]
    public void A_module_that_learns_nothing_is_refused()
    {
        using var group = new GroupOfOne();
        using var module = nn.ReLU();

        Assert.Throws<ArgumentException>(() => nn.parallel.DistributedDataParallel(module));
    }

    [Fact]
    public void A_module_on_another_device_than_named_is_refused()
    {
        using var group = new GroupOfOne();
        using var module = nn.Linear(1, 1);

        var error = Assert.Throws<ArgumentException>(() => nn.parallel.DistributedDataParallel(module, device_ids: ["cuda:0"]));

        Assert.Contains("The module is on cpu, not on cuda:0", error.Message, StringComparison.Ordinal);
    }

    private sealed class Scaled : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Parameter _scale = nn.Parameter(ones(1));

        public Scaled()
            : base(nameof(Scaled)) => RegisterComponents();

        public override Tensor forward(Tensor input1, Tensor input2) => input1 * input2 * _scale;
    }
}
