using Tests.Mpi;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Distributed;

public sealed class InitializationTests
{
    [Fact]
    public void Without_a_group_the_message_of_collectives_names_the_call()
    {
        using var values = ones(1);

        var error = Assert.Throws<InvalidOperationException>(() => torch.distributed.all_reduce(values));

        Assert.Contains("init_process_group", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_group_is_rejected()
    {
        using var group = new GroupOfOne();

        Assert.Throws<InvalidOperationException>(() => torch.distributed.init_process_group("single"));
    }

    [Fact]
    public void An_unknown_backend_is_rejected()
    {
        var error = Assert.Throws<ArgumentException>(() => torch.distributed.init_process_group("nccl"));

        Assert.StartsWith("The backend \"nccl\" is unknown; the backends are \"mpi\" and \"single\".", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_timeout_of_zero_is_rejected() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => torch.distributed.init_process_group("single", TimeSpan.Zero));

    [Fact]
    public async Task Without_an_MPI_library_the_message_has_instructions()
    {
        var end = await WorkerProcess.TryRunAsync(
            new Dictionary<string, string> { ["TORCH_MPI_LIBRARY"] = "libnothing.so" }, "collectives");

        Assert.Equal(1, end.ExitCode);
        Assert.StartsWith("DllNotFoundException: No MPI library was found (libnothing.so).", end.Errors, StringComparison.Ordinal);
        Assert.Contains("apt-get install openmpi-bin", end.Errors, StringComparison.Ordinal);
        Assert.Contains("mpirun -np 2", end.Errors, StringComparison.Ordinal);
    }

    [FactWithMpi]
    public async Task A_second_group_can_follow_a_destroyed_one()
    {
        var job = (await MpiJob.RunAsync(2, WorkerProcess.Command("join-twice"))).Succeeded();

        Assert.Equal([2], job.Numbers(0, "second"));
    }

    [FactWithMpi]
    public async Task Null_references_still_become_exceptions_after_MPI_was_initialized()
    {
        var job = (await MpiJob.RunAsync(2, WorkerProcess.Command("null-reference"))).Succeeded();

        Assert.Equal(["caught"], job.Lines(0));
    }
}
