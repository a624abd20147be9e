using Tests.Mpi;

namespace TorchSharp.Extras.Tests.Distributed;

public sealed class FailureTests
{
    [FactWithMpi]
    public async Task A_process_that_throws_ends_the_job()
    {
        var job = await MpiJob.RunAsync(2, WorkerProcess.Command("lose-one", "throws"));

        Assert.NotEqual(0, job.ExitCode);
        Assert.Contains("the last rank throws", job.Errors, StringComparison.Ordinal);
    }

    [FactWithMpi]
    public async Task A_killed_process_ends_the_job()
    {
        var job = await MpiJob.RunAsync(3, WorkerProcess.Command("lose-one", "is-killed"));

        Assert.NotEqual(0, job.ExitCode);
        Assert.All([0, 1, 2], rank => Assert.Contains("training", job.Lines(rank)));
    }

    [FactWithMpi]
    public async Task A_process_that_hangs_during_training_ends_the_job_after_the_timeout_with_a_clear_error()
    {
        var job = await MpiJob.RunAsync(2, WorkerProcess.Command("lose-one", "hangs"));

        Assert.NotEqual(0, job.ExitCode);
        Assert.Contains("Rank 0 of 2 waited 15 s for another process", job.Errors, StringComparison.Ordinal);
        Assert.Contains("ExternalException: Function CSharpNode returned an invalid gradient", job.Errors, StringComparison.Ordinal);
    }

    [FactWithMpi]
    public async Task A_collective_waits_until_the_timeout_for_a_process_that_does_not_call_it()
    {
        var job = await MpiJob.RunAsync(2, WorkerProcess.Command("late"));

        Assert.NotEqual(0, job.ExitCode);
        Assert.Contains("DistBackendError: Rank 0 of 2 waited 15 s for another process", job.Errors, StringComparison.Ordinal);
    }

    [FactWithMpi]
    public async Task A_failed_group_throws_at_every_later_call()
    {
        var job = await MpiJob.RunAsync(2, WorkerProcess.Command("late-twice"));

        Assert.NotEqual(0, job.ExitCode);
        Assert.Equal(["first"], job.Lines(0));
        Assert.Contains("DistBackendError: Rank 0 of 2 waited 15 s for another process", job.Errors, StringComparison.Ordinal);
    }

    [FactWithMpi]
    public async Task Tensors_of_different_sizes_are_an_error()
    {
        var job = await MpiJob.RunAsync(2, WorkerProcess.Command("different-calls"));

        Assert.NotEqual(0, job.ExitCode);
        // the process that reports the error first ends the other one
        Assert.Matches(@"rank [01] all_reduce \(SUM\) of Float32 \[[35]\], rank [01] all_reduce \(SUM\) of Float32 \[[35]\]", job.Errors);
    }

    [FactWithMpi]
    public async Task Models_of_different_shapes_are_an_error()
    {
        var job = await MpiJob.RunAsync(2, WorkerProcess.Command("different-models"));

        Assert.NotEqual(0, job.ExitCode);
        Assert.Matches(@"rank [01] has weight Float32 \[[35]x4\] where rank [01] has weight Float32 \[[35]x4\]", job.Errors);
    }
}
