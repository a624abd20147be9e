using static TorchSharp.torch;

namespace LibTorch.Tests.Distributed;

public sealed class CollectiveTests
{
    [Fact]
    public async Task Two_processes_combine_spread_and_gather_their_tensors()
    {
        var ends = await Workers.RunAsync(2, "collectives");

        Assert.All(ends, end => Assert.Equal((0, ""), (end.ExitCode, end.Error)));
        Assert.All(ends, end =>
        {
            Assert.Equal([3, 30], end.Numbers("all_reduce SUM"));
            Assert.Equal([2, 200], end.Numbers("all_reduce PRODUCT"));
            Assert.Equal([1, 10], end.Numbers("all_reduce MIN"));
            Assert.Equal([2, 20], end.Numbers("all_reduce MAX"));
            Assert.Equal([2, 20], end.Numbers("broadcast"));
            Assert.Equal([1, 10, 2, 20], end.Numbers("all_gather"));
            Assert.Equal([1, 10, 2, 20], end.Numbers("all_gather_into_tensor"));
        });
        Assert.Equal([3, 30], ends[1].Numbers("reduce"));
        Assert.Equal([1, 10, 2, 20], ends[0].Numbers("gather"));
        Assert.Equal([0.5, 0.5], ends[0].Numbers("scatter"));
        Assert.Equal([1.5, 1.5], ends[1].Numbers("scatter"));
        Assert.Contains("rank 1 of 2 over gloo", ends[1].Lines);
    }

    [Fact]
    public async Task An_asynchronous_collective_is_done_after_its_wait()
    {
        var ends = await Workers.RunAsync(2, "async");

        Assert.All(ends, end => Assert.Equal([2, 2, 2], end.Numbers("all_reduce")));
        Assert.All(ends, end => Assert.Contains("completed True", end.Lines));
    }

    [Fact]
    public void A_group_of_one_changes_nothing()
    {
        using var group = new GroupOfOne();
        using var values = tensor(new[] { 1.0, 2 });

        distributed.all_reduce(values);
        distributed.barrier();

        Assert.Equal([1, 2], values.data<double>().ToArray());
        Assert.Equal((0, 1, "gloo"), (distributed.get_rank(), distributed.get_world_size(), distributed.get_backend()));
    }

    [Fact]
    public void A_tensor_with_gaps_is_refused()
    {
        using var group = new GroupOfOne();
        using var scope = NewDisposeScope();

        var error = Assert.ThrowsAny<Exception>(() => distributed.all_reduce(zeros(4, 4).t()));

        Assert.Contains("has to be contiguous", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_the_gathered_tensors_is_refused()
    {
        using var group = new GroupOfOne();
        using var scope = NewDisposeScope();

        Assert.Throws<ArgumentException>(() => distributed.all_gather_into_tensor(zeros(5), zeros(4)));
    }
}
