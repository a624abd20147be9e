using System.Globalization;
using Tests.Mpi;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Distributed;

public sealed class DataParallelTests
{
    // megabytes: the whole model in one bucket, or each parameter in a separate bucket
    [TheoryWithMpi]
    [InlineData("double", "25", 1e-12)]
    [InlineData("single", "0.0001", 1e-5)]
    public async Task Weights_of_two_processes_equal_those_of_one_with_twice_the_batch_size(string precision, string bucket, double tolerance)
    {
        var folder = Directory.CreateTempSubdirectory("together-").FullName;
        try
        {
            (await MpiJob.RunAsync(2, WorkerProcess.Command("train", precision, "12", folder, bucket))).Succeeded();
            await WorkerProcess.RunAsync("train", precision, "12", folder, "alone");

            var expected = Weights(Path.Combine(folder, "alone"));
            Assert.True(expected.Length > 5000);
            Assert.Equal(File.ReadAllText(Path.Combine(folder, "rank-0")), File.ReadAllText(Path.Combine(folder, "rank-1")));
            foreach (var (together, alone) in Weights(Path.Combine(folder, "rank-0")).Zip(expected))
                Assert.Equal(alone, together, tolerance);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [FactWithMpi]
    public async Task Without_sync_gradients_accumulate_until_the_next_synchronized_backward()
    {
        var job = (await MpiJob.RunAsync(2, WorkerProcess.Command("no-sync"))).Succeeded();

        Assert.Equal([[1], [2], [4.5]], [job.Numbers(0, "first"), job.Numbers(0, "second"), job.Numbers(0, "third")]);
        Assert.Equal([[2], [4], [4.5]], [job.Numbers(1, "first"), job.Numbers(1, "second"), job.Numbers(1, "third")]);
    }

    [FactWithMpi]
    public async Task Buffers_are_those_of_rank_0_and_names_begin_with_module()
    {
        var job = (await MpiJob.RunAsync(2, WorkerProcess.Command("buffers"))).Succeeded();

        // a tenth of the mean of the first batch, about 10
        Assert.All(job.Numbers(0, "mean"), mean => Assert.InRange(mean, 0.5, 1.5));
        Assert.Equal(job.Numbers(0, "mean"), job.Numbers(1, "mean"));
        Assert.Contains("module.weight module.bias module.running_mean module.running_var module.num_batches_tracked", job.Lines(0));
    }

    [FactWithMpi]
    public async Task Parameters_that_one_process_does_not_use_get_the_others_gradients()
    {
        var job = (await MpiJob.RunAsync(2, WorkerProcess.Command("unused"))).Succeeded();

        Assert.All([0, 1], rank => Assert.Equal([0.5], job.Numbers(rank, "first")));
        Assert.All([0, 1], rank => Assert.Equal([0.5], job.Numbers(rank, "second")));
    }

    [FactWithMpi]
    public async Task Gradients_reach_previous_modules_and_flow_from_several_outputs()
    {
        var job = (await MpiJob.RunAsync(2, WorkerProcess.Command("before-and-after"))).Succeeded();

        Assert.Equal(job.Numbers(0, "expected input"), job.Numbers(0, "input"));
        Assert.Equal(job.Numbers(1, "expected input"), job.Numbers(1, "input"));
        Assert.Equal(job.Numbers(0, "expected weight"), job.Numbers(0, "weight"));
        Assert.Equal(job.Numbers(0, "weight"), job.Numbers(1, "weight"));
    }

    [FactWithMpi]
    public async Task Training_leaves_no_more_tensors_than_TorchSharps_optimizer()
    {
        var job = (await MpiJob.RunAsync(2, WorkerProcess.Command("leave-nothing"))).Succeeded();

        Assert.All([0, 1], rank => Assert.Equal(job.Numbers(rank, "left by TorchSharp"), job.Numbers(rank, "left")));
    }

    [Fact]
    public void Two_inputs_are_passed_to_the_wrapped_module()
    {
        using var group = new GroupOfOne();
        using var scope = NewDisposeScope();
        using var shared = torch.nn.parallel.DistributedDataParallel(new Scaled());

        shared.call(ones(2), ones(2) * 3).sum().backward();

        Assert.Equal(6, shared.module.parameters().Single().grad!.item<float>());
    }

    [Fact]
    public void A_module_without_trainable_parameters_is_rejected()
    {
        using var group = new GroupOfOne();
        using var module = nn.ReLU();

        Assert.Throws<ArgumentException>(() => torch.nn.parallel.DistributedDataParallel(module));
    }

    [Fact]
    public void A_module_on_another_device_is_rejected()
    {
        using var group = new GroupOfOne();
        using var module = nn.Linear(1, 1);

        var error = Assert.Throws<ArgumentException>(() => torch.nn.parallel.DistributedDataParallel(module, device_ids: [new Device("cuda:0")]));

        Assert.Contains("The module is on cpu, not on cuda:0", error.Message, StringComparison.Ordinal);
    }

    private static double[] Weights(string file) =>
        [.. File.ReadAllLines(file).SelectMany(line => line.Split(' ').Skip(1)).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

    private sealed class Scaled : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Parameter _scale = nn.Parameter(ones(1));

        public Scaled()
            : base(nameof(Scaled)) => RegisterComponents();

        public override Tensor forward(Tensor input1, Tensor input2) => input1 * input2 * _scale;
    }
}
