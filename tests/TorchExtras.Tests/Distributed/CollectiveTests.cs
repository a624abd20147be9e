using Tests.Mpi;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Distributed;

public sealed class CollectiveTests
{
    [FactWithMpi]
    public async Task Two_processes_reduce_broadcast_and_gather_tensors()
    {
        var job = (await MpiJob.RunAsync(2, WorkerProcess.Command("collectives"))).Succeeded();

        foreach (var rank in new[] { 0, 1 })
        {
            Assert.Equal([3, 30], job.Numbers(rank, "all_reduce SUM"));
            Assert.Equal([1.5, 15], job.Numbers(rank, "all_reduce AVG"));
            Assert.Equal([2, 200], job.Numbers(rank, "all_reduce PRODUCT"));
            Assert.Equal([1, 10], job.Numbers(rank, "all_reduce MIN"));
            Assert.Equal([2, 20], job.Numbers(rank, "all_reduce MAX"));
            Assert.Equal([0, 3], job.Numbers(rank, "all_reduce BAND"));
            Assert.Equal([3, 3], job.Numbers(rank, "all_reduce BOR"));
            Assert.Equal([3, 0], job.Numbers(rank, "all_reduce BXOR"));
            foreach (var type in new[] { "Float16", "BFloat16", "Float32", "Int8", "Byte", "Int16", "Int32", "Int64" })
                Assert.Equal([3, 30], job.Numbers(rank, $"all_reduce of {type}"));
            Assert.Equal([2, 20], job.Numbers(rank, "broadcast"));
            Assert.Equal([1, 0], job.Numbers(rank, "broadcast of Bool"));
            Assert.Equal([1, 10, 2, 20], job.Numbers(rank, "all_gather"));
            Assert.Equal([1, 10, 2, 20], job.Numbers(rank, "all_gather_into_tensor"));
            Assert.Contains($"rank {rank} of 2 over mpi", job.Lines(rank));
        }
        Assert.Equal([3, 30], job.Numbers(1, "reduce"));
        Assert.Equal([1, 10, 2, 20], job.Numbers(0, "gather"));
        Assert.Equal([0.5, 0.5], job.Numbers(0, "scatter"));
        Assert.Equal([1.5, 1.5], job.Numbers(1, "scatter"));
    }

    [FactWithMpi]
    public async Task An_asynchronous_collective_is_done_after_its_wait()
    {
        var job = (await MpiJob.RunAsync(2, WorkerProcess.Command("async-collective"))).Succeeded();

        Assert.Equal([2, 2, 2], job.Numbers(0, "all_reduce"));
        Assert.Contains("completed True", job.Lines(0));
    }

    [Fact]
    public void A_group_of_one_changes_nothing()
    {
        using var group = new GroupOfOne();
        using var values = tensor(new[] { 1.0, 2 });
        using var gathered = zeros(1, 2, dtype: float64);

        torch.distributed.all_reduce(values);
        torch.distributed.barrier();
        torch.distributed.all_gather_into_tensor(gathered, values);

        Assert.Equal([1, 2], values.data<double>().ToArray());
        Assert.Equal([1, 2], gathered.data<double>().ToArray());
        Assert.Equal((0, 1, "single"), (torch.distributed.get_rank(), torch.distributed.get_world_size(), torch.distributed.get_backend()));
    }

    [Fact]
    public void A_tensor_that_is_not_contiguous_is_rejected()
    {
        using var group = new GroupOfOne();
        using var scope = NewDisposeScope();

        var error = Assert.Throws<ArgumentException>(() => torch.distributed.all_reduce(zeros(4, 4).t()));

        Assert.StartsWith("The tensor must be contiguous", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_mean_of_integers_is_rejected()
    {
        using var group = new GroupOfOne();
        using var values = ones(3, ScalarType.Int64);

        Assert.Throws<ArgumentException>(() => torch.distributed.all_reduce(values, torch.distributed.ReduceOp.AVG));
    }

    [Fact]
    public void Complex_tensors_are_not_reduced()
    {
        using var group = new GroupOfOne();
        using var values = ones(3, ScalarType.ComplexFloat32);

        Assert.Throws<ArgumentException>(() => torch.distributed.all_reduce(values));
    }

    [Fact]
    public void An_output_of_the_wrong_size_is_rejected()
    {
        using var group = new GroupOfOne();
        using var scope = NewDisposeScope();

        Assert.Throws<ArgumentException>(() => torch.distributed.all_gather_into_tensor(zeros(5), zeros(4)));
    }

    [Fact]
    public void A_rank_outside_of_the_group_is_rejected()
    {
        using var group = new GroupOfOne();
        using var values = zeros(5);

        Assert.Throws<ArgumentOutOfRangeException>(() => torch.distributed.broadcast(values, src: 1));
    }
}
