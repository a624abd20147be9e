using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Worker;

/// <summary>Failures of processes and collectives.</summary>
internal static class FailureScenarios
{
    // the limit of these scenarios: much longer than a busy machine delays one of the processes
    private static readonly TimeSpan _shortPatience = TimeSpan.FromSeconds(15);

    [Scenario("different-calls")]
    public static void DifferentCalls(string[] arguments)
    {
        using var values = zeros(CollectiveScenarios.Join() == 0 ? 3 : 5);
        torch.distributed.all_reduce(values);
    }

    [Scenario("different-models")]
    public static void DifferentModels(string[] arguments)
    {
        using var model = nn.Linear(4, CollectiveScenarios.Join() == 0 ? 3 : 5);
        using var shared = torch.nn.parallel.DistributedDataParallel(model);
    }

    /// <summary>Trains until a process fails: the last process throws, kills itself or hangs.</summary>
    [Scenario("lose-one")]
    public static void LoseOne(string[] arguments)
    {
        var rank = CollectiveScenarios.Join(arguments is ["hangs"] ? _shortPatience : null);
        var isLast = rank == torch.distributed.get_world_size() - 1;
        DataParallelScenarios.Forever(step =>
        {
            if (step == 2)
                CollectiveScenarios.Say("training");
            if (step != 5 || !isLast)
                return;
            switch (arguments[0])
            {
                case "throws":
                    throw new InvalidOperationException("the last rank throws");
                case "is-killed":
                    using (var self = System.Diagnostics.Process.GetCurrentProcess())
                        self.Kill();
                    break;
                case "exits":
                    Environment.Exit(0);
                    break;
            }
            Thread.Sleep(Timeout.Infinite);
        });
    }

    /// <summary>Only rank 0 calls the collective.</summary>
    [Scenario("late")]
    public static void Late(string[] arguments)
    {
        if (CollectiveScenarios.Join(_shortPatience) == 1)
            Thread.Sleep(Timeout.Infinite);
        torch.distributed.barrier();
    }

    /// <summary>A failed group throws at every later call.</summary>
    [Scenario("late-twice")]
    public static void LateTwice(string[] arguments)
    {
        if (CollectiveScenarios.Join(_shortPatience) == 1)
            Thread.Sleep(Timeout.Infinite);
        try
        {
            torch.distributed.barrier();
        }
        catch (Distributed.DistBackendError)
        {
            CollectiveScenarios.Say("first");
        }
        torch.distributed.barrier();
    }
}
