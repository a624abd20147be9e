using static TorchSharp.torch;

namespace LibTorch.Tests.Worker;

/// <summary>What processes do together, by name.</summary>
internal static class Scenarios
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    public static Action<string[]> Named(string name) => name switch
    {
        "collectives" => _ => Collectives(),
        "async" => _ => Async(),
        "train" => Training.Run,
        "no-sync" => _ => Training.WithoutAveraging(),
        "buffers" => _ => Training.Buffers(),
        "unused" => _ => Training.Unused(),
        "leave-nothing" => _ => LeaveNothing(),
        "different-calls" => _ => DifferentCalls(),
        "different-models" => _ => DifferentModels(),
        "lose-one" => LoseOne,
        "late" => _ => Late(),
        _ => throw new ArgumentException($"There is no scenario '{name}'."),
    };

    public static int Join()
    {
        distributed.init_process_group("gloo", timeout: _patience);
        return distributed.get_rank();
    }

    public static void Print(string what, Tensor values) => Console.WriteLine($"{what} {string.Join(' ', values.cpu().to(float64).data<double>().ToArray())}");

    private static void Collectives()
    {
        var rank = Join();
        var size = distributed.get_world_size();
        using var scope = NewDisposeScope();
        Tensor Mine() => tensor(new double[] { rank + 1, 10 * (rank + 1) });

        foreach (var op in new[] { distributed.ReduceOp.SUM, distributed.ReduceOp.PRODUCT, distributed.ReduceOp.MIN, distributed.ReduceOp.MAX })
        {
            var reduced = Mine();
            distributed.all_reduce(reduced, op);
            Print($"all_reduce {op}", reduced);
        }
        var sent = Mine();
        distributed.broadcast(sent, src: 1);
        Print("broadcast", sent);
        Tensor[] gathered = [.. Enumerable.Range(0, size).Select(_ => zeros(2, dtype: float64))];
        distributed.all_gather(gathered, Mine());
        Print("all_gather", cat(gathered));
        var whole = zeros(size, 2, dtype: float64);
        distributed.all_gather_into_tensor(whole, Mine());
        Print("all_gather_into_tensor", whole);
        var sum = Mine();
        distributed.reduce(sum, dst: 1);
        Print("reduce", rank == 1 ? sum : Mine());
        Tensor[] collected = rank == 0 ? [.. Enumerable.Range(0, size).Select(_ => zeros(2, dtype: float64))] : [];
        distributed.gather(Mine(), collected, dst: 0);
        Print("gather", rank == 0 ? cat(collected) : Mine());
        var part = zeros(2, dtype: float64);
        distributed.scatter(part, rank == 0 ? [.. Enumerable.Range(0, size).Select(to => full([2], to + 0.5, dtype: float64))] : null, src: 0);
        Print("scatter", part);
        distributed.barrier();
        Console.WriteLine($"rank {rank} of {size} over {distributed.get_backend()}");
        distributed.destroy_process_group();
    }

    private static void Async()
    {
        Join();
        using var values = ones(3);
        using (var work = distributed.all_reduce(values, async_op: true)!)
        {
            work.wait(TimeSpan.FromSeconds(30));
            Console.WriteLine($"completed {work.is_completed()}");
        }
        Print("all_reduce", values);
        distributed.destroy_process_group();
    }

    private static void LeaveNothing()
    {
        var before = Tensor.TotalCount;
        Join();
        using (NewDisposeScope())
        {
            var values = ones(1000);
            distributed.all_reduce(values);
            distributed.all_gather_into_tensor(values.view(2, 500), values.narrow(0, 0, 500));
        }
        Training.Steps(3);
        distributed.destroy_process_group();
        Console.WriteLine($"left {Tensor.TotalCount - before}");
    }

    private static void DifferentCalls()
    {
        using var values = zeros(Join() == 0 ? 3 : 5);
        distributed.all_reduce(values);
    }

    private static void DifferentModels()
    {
        using var model = nn.Linear(4, Join() == 0 ? 3 : 5);
        using var shared = nn.parallel.DistributedDataParallel(model);
    }

    /// <summary>Trains for ever, until a process is gone: the one that is told to throw, or one that is killed.</summary>
    private static void LoseOne(string[] arguments)
    {
        var rank = Join();
        Training.Forever(step =>
        {
            if (step == 2)
                Console.WriteLine("training");
            if (step == 5 && arguments is ["throws"] && rank == 1)
                throw new InvalidOperationException("rank 1 has had enough");
        });
    }

    /// <summary>Both are there, but only rank 0 calls the collective.</summary>
    private static void Late()
    {
        var rank = Number("RANK");
        using var store = new distributed.TCPStore("127.0.0.1", Number("MASTER_PORT"), is_master: rank == 0, _patience);
        store.set($"here {rank}", "");
        store.wait(["here 0", "here 1"], _patience);
        distributed.init_process_group("gloo", store: store, rank: rank, world_size: 2, timeout: TimeSpan.FromSeconds(8));
        if (rank == 1)
            Thread.Sleep(_patience);
        distributed.barrier();
    }

    private static int Number(string variable) => int.Parse(Environment.GetEnvironmentVariable(variable)!);
}
