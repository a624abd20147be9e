namespace LibTorch.Tests.Distributed;

public sealed class FailureTests
{
    [Fact]
    public async Task A_killed_process_ends_the_others_with_an_error()
    {
        using var workers = Workers.Start(3, "lose-one");
        for (var rank = 0; rank < 3; rank++)
            Assert.Equal("training", await workers.LineOf(rank));

        workers.Kill(rank: 1);

        foreach (var rank in new[] { 0, 2 })
        {
            var end = await workers.EndOf(rank);
            Assert.Equal(1, end.ExitCode);
            Assert.Contains($"DistBackendError: Rank {rank} of 3 lost another process, which ended or failed", end.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_process_that_throws_ends_the_others_with_an_error()
    {
        var ends = await Workers.RunAsync(2, "lose-one throws");

        Assert.Contains("rank 1 has had enough", ends[1].Error, StringComparison.Ordinal);
        Assert.Equal(1, ends[0].ExitCode);
        Assert.Contains("Rank 0 of 2 lost another process", ends[0].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_does_not_call_the_collective_is_waited_for_until_the_timeout()
    {
        using var workers = Workers.Start(2, "late");

        var end = await workers.EndOf(0);

        Assert.Equal(1, end.ExitCode);
        Assert.Contains("Rank 0 of 2 waited for another process until the timeout", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tensors_of_different_sizes_are_an_error_in_all_processes()
    {
        var ends = await Workers.RunAsync(2, "different-calls");

        Assert.All(ends, end => Assert.Equal(1, end.ExitCode));
        Assert.Contains(
            "rank 0 all_reduce (SUM) of Float32 [3], rank 1 all_reduce (SUM) of Float32 [5]", ends[0].Error, StringComparison.Ordinal);
        Assert.Contains("rank 0 all_reduce (SUM) of Float32 [3]", ends[1].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_of_different_shapes_are_an_error_in_all_processes()
    {
        var ends = await Workers.RunAsync(2, "different-models");

        Assert.All(ends, end => Assert.Equal(1, end.ExitCode));
        Assert.Contains(
            "rank 0 has weight Float32 [3x4] where rank 1 has weight Float32 [5x4]", ends[0].Error, StringComparison.Ordinal);
        Assert.Contains(
            "rank 1 has weight Float32 [5x4] where rank 0 has weight Float32 [3x4]", ends[1].Error, StringComparison.Ordinal);
    }
}
