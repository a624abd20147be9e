using Tests.Mpi;
using TorchSharp.Distributed;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Worker;

/// <summary>Collectives of several processes.</summary>
internal static class CollectiveScenarios
{
    // time limits of groups affect only the scenarios about them
    private static readonly TimeSpan _patience = TimeSpan.FromHours(12);

    /// <summary>Initializes the process group and returns the rank.</summary>
    public static int Join(TimeSpan? timeout = null)
    {
        torch.distributed.init_process_group("mpi", timeout ?? _patience);
        return torch.distributed.get_rank();
    }

    /// <summary>Writes "name = numbers".</summary>
    public static void Print(string name, Tensor values)
    {
        var numbers = values.cpu().to(ScalarType.Float64).data<double>().ToArray();
        Say($"{name} = {string.Join(' ', numbers.Select(number => number.ToString("R")))}");
    }

    public static void Say(string line) => RankOutput.Say(line);

    [Scenario("collectives")]
    public static void Collectives(string[] arguments)
    {
        var rank = Join();
        var size = torch.distributed.get_world_size();
        using var scope = NewDisposeScope();
        Tensor Mine() => tensor(new double[] { rank + 1, 10 * (rank + 1) });

        foreach (var op in new[] { ReduceOp.SUM, ReduceOp.AVG, ReduceOp.PRODUCT, ReduceOp.MIN, ReduceOp.MAX })
        {
            var reduced = Mine();
            torch.distributed.all_reduce(reduced, op);
            Print($"all_reduce {op}", reduced);
        }
        foreach (var op in new[] { ReduceOp.BAND, ReduceOp.BOR, ReduceOp.BXOR })
        {
            var bits = tensor(new long[] { rank + 1, 3 });
            torch.distributed.all_reduce(bits, op);
            Print($"all_reduce {op}", bits);
        }
        foreach (var type in new[] { float16, bfloat16, float32, int8, uint8, int16, int32, int64 })
        {
            var reduced = Mine().to(type);
            torch.distributed.all_reduce(reduced);
            Print($"all_reduce of {reduced.dtype}", reduced);
        }
        var sent = Mine();
        torch.distributed.broadcast(sent, src: 1);
        Print("broadcast", sent);
        var flags = tensor(new[] { rank == 1, rank == 0 });
        torch.distributed.broadcast(flags, src: 1);
        Print("broadcast of Bool", flags);
        Tensor[] gathered = [.. Enumerable.Range(0, size).Select(_ => zeros(2, dtype: float64))];
        torch.distributed.all_gather(gathered, Mine());
        Print("all_gather", cat(gathered));
        var whole = zeros(size, 2, dtype: float64);
        torch.distributed.all_gather_into_tensor(whole, Mine());
        Print("all_gather_into_tensor", whole);
        var sum = Mine();
        torch.distributed.reduce(sum, dst: 1);
        Print("reduce", rank == 1 ? sum : Mine());
        Tensor[] collected = rank == 0 ? [.. Enumerable.Range(0, size).Select(_ => zeros(2, dtype: float64))] : [];
        torch.distributed.gather(Mine(), collected, dst: 0);
        Print("gather", rank == 0 ? cat(collected) : Mine());
        var part = zeros(2, dtype: float64);
        torch.distributed.scatter(part, rank == 0 ? [.. Enumerable.Range(0, size).Select(to => full([2], to + 0.5, dtype: float64))] : null, src: 0);
        Print("scatter", part);
        torch.distributed.barrier();
        Say($"rank {rank} of {size} over {torch.distributed.get_backend()}");
        Say($"library {torch.distributed.get_library_version()}");
        torch.distributed.destroy_process_group();
    }

    [Scenario("async-collective")]
    public static void Async(string[] arguments)
    {
        Join();
        using var values = ones(3);
        using (var work = torch.distributed.all_reduce(values, async_op: true)!)
        {
            work.wait(_patience);
            Say($"completed {work.is_completed()}");
        }
        Print("all_reduce", values);
        torch.distributed.destroy_process_group();
    }

    /// <summary>A second group after the first one was destroyed.</summary>
    [Scenario("join-twice")]
    public static void JoinTwice(string[] arguments)
    {
        Join();
        torch.distributed.destroy_process_group();
        Join();
        using var values = ones(1);
        torch.distributed.all_reduce(values);
        Print("second", values);
        torch.distributed.destroy_process_group();
    }

    /// <summary>MPI's signal handlers must not replace those of .NET, which null references require.</summary>
    [Scenario("null-reference")]
    public static void NullReference(string[] arguments)
    {
        Join();
        string? nothing = arguments.Length > 5 ? "" : null;
        try
        {
            Say($"{nothing!.Length}");
        }
        catch (NullReferenceException)
        {
            Say("caught");
        }
        torch.distributed.destroy_process_group();
    }
}
