using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Worker;

/// <summary>Training of a small network in one process, or in several with DistributedDataParallel.</summary>
internal static class DataParallelScenarios
{
    private const int Batch = 8;
    private const double ManyBuckets = 0.001;

    /// <summary>
    /// Trains and writes the weights to a file. A single process uses the whole batch; several processes use a part each. Arguments: "double" or
    /// "single",
    /// the number of steps, a folder, and "alone" or the number of megabytes of a bucket.
    /// </summary>
    [Scenario("train")]
    public static void Run(string[] arguments)
    {
        var type = arguments[0] == "double" ? float64 : float32;
        var steps = int.Parse(arguments[1]);
        var folder = arguments[2];
        if (arguments[3] == "alone")
        {
            using var model = Model(type, seed: 1);
            Train(model, type, steps, 2 * Batch);
            WriteWeights(model, Path.Combine(folder, "alone"));
            return;
        }
        var rank = CollectiveScenarios.Join();
        // another seed in each process: the weights of rank 0 are broadcast
        using var shared = torch.nn.parallel.DistributedDataParallel(Model(type, seed: 1 + rank), bucket_cap_mb: double.Parse(arguments[3]));
        Train(shared, type, steps, Batch);
        WriteWeights(shared.module, Path.Combine(folder, $"rank-{rank}"));
        torch.distributed.destroy_process_group();
    }

    public static void Steps(int steps)
    {
        using var shared = torch.nn.parallel.DistributedDataParallel(Model(float32, seed: 1), bucket_cap_mb: ManyBuckets);
        Train(shared, float32, steps, Batch);
    }

    /// <summary>A layer before a module with two outputs that the loss uses, and the same computation without DistributedDataParallel.</summary>
    [Scenario("before-and-after")]
    public static void BeforeAndAfter(string[] arguments)
    {
        var rank = CollectiveScenarios.Join();
        using var scope = NewDisposeScope();
        var model = new TwoOutputs();
        using var shared = torch.nn.parallel.DistributedDataParallel(model);
        var scale = full([1], 2.0, requires_grad: true);
        var input = tensor(new[] { 1f + rank, 3f });
        Tensor Loss(nn.Module<Tensor, (Tensor, Tensor[])> module)
        {
            var (first, others) = module.call(input * scale);
            return (first * others[0]).sum() + others[1].sum();
        }
        Loss(model).backward();
        torch.distributed.all_reduce(model.weight.grad!, Distributed.ReduceOp.AVG);
        CollectiveScenarios.Print("expected input", scale.grad!);
        CollectiveScenarios.Print("expected weight", model.weight.grad!);
        scale.grad!.zero_();
        shared.zero_grad();
        Loss(shared).backward();
        CollectiveScenarios.Print("input", scale.grad!);
        CollectiveScenarios.Print("weight", model.weight.grad!);
        torch.distributed.destroy_process_group();
    }

    /// <summary>Counts the tensors that are left after training and the end of the group.</summary>
    [Scenario("leave-nothing")]
    public static void LeaveNothing(string[] arguments)
    {
        CollectiveScenarios.Join();
        Steps(2);
        var before = Settled();
        Steps(5);
        var after = Settled();
        // TorchSharp's optimizer leaves some
        using (var model = Model(float32, seed: 1))
            Train(model, float32, steps: 5, Batch);
        var plain = Settled();
        CollectiveScenarios.Say($"left by TorchSharp = {plain - after}");
        CollectiveScenarios.Say($"left = {after - before}");
        torch.distributed.destroy_process_group();
    }

    public static void Forever(Action<int> before)
    {
        using var shared = torch.nn.parallel.DistributedDataParallel(Model(float32, seed: 1), bucket_cap_mb: ManyBuckets);
        using var optimizer = optim.SGD(shared.parameters(), 0.01);
        for (var step = 0; ; step++)
        {
            before(step);
            Step(shared, optimizer, float32, step, Batch);
        }
    }

    /// <summary>Two backward passes without averaging and one with averaging: the gradients are means of sums.</summary>
    [Scenario("no-sync")]
    public static void WithoutAveraging(string[] arguments)
    {
        var rank = CollectiveScenarios.Join();
        using var scope = NewDisposeScope();
        var model = nn.Linear(1, 1, hasBias: false);
        using var shared = torch.nn.parallel.DistributedDataParallel(model);
        var input = full([1, 1], rank + 1.0);
        using (shared.no_sync())
        {
            shared.call(input).sum().backward();
            CollectiveScenarios.Print("first", model.weight!.grad!);
            shared.call(input).sum().backward();
            CollectiveScenarios.Print("second", model.weight!.grad!);
        }
        shared.call(input).sum().backward();
        CollectiveScenarios.Print("third", model.weight!.grad!);
        torch.distributed.destroy_process_group();
    }

    /// <summary>Each process has other data; the running mean is that of rank 0.</summary>
    [Scenario("buffers")]
    public static void Buffers(string[] arguments)
    {
        var rank = CollectiveScenarios.Join();
        using var scope = NewDisposeScope();
        var model = nn.BatchNorm1d(2);
        using var shared = torch.nn.parallel.DistributedDataParallel(model);
        var input = full([4, 2], 10.0 * (rank + 1)) + randn(4, 2);
        shared.call(input);
        shared.eval();
        shared.call(input);
        CollectiveScenarios.Print("mean", model.running_mean!);
        CollectiveScenarios.Say(string.Join(' ', shared.state_dict().Keys));
        torch.distributed.destroy_process_group();
    }

    /// <summary>Each process uses one of two layers; both get a gradient.</summary>
    [Scenario("unused")]
    public static void Unused(string[] arguments)
    {
        var rank = CollectiveScenarios.Join();
        using var scope = NewDisposeScope();
        var model = new OneOfTwo(rank);
        using var shared = torch.nn.parallel.DistributedDataParallel(model);
        for (var step = 0; step < 2; step++)
        {
            shared.zero_grad();
            shared.call(ones(1, 1)).sum().backward();
        }
        CollectiveScenarios.Print("first", model.first.weight!.grad!);
        CollectiveScenarios.Print("second", model.second.weight!.grad!);
        torch.distributed.destroy_process_group();
    }

    private static void Train(nn.Module<Tensor, Tensor> model, ScalarType type, int steps, int share)
    {
        using var optimizer = optim.SGD(model.parameters(), 0.05, momentum: 0.9);
        for (var step = 0; step < steps; step++)
            Step(model, optimizer, type, step, share);
    }

    private static void Step(nn.Module<Tensor, Tensor> model, optim.Optimizer optimizer, ScalarType type, int step, int share)
    {
        var (rank, parts) = torch.distributed.is_initialized() ? (torch.distributed.get_rank(), torch.distributed.get_world_size()) : (0, 1);
        using var scope = NewDisposeScope();
        using var stream = new Generator((ulong)step + 100);
        var inputs = randn([parts * share, 16], dtype: type, generator: stream).narrow(0, rank * share, share);
        var targets = randn([parts * share, 4], dtype: type, generator: stream).narrow(0, rank * share, share);
        optimizer.zero_grad();
        nn.functional.mse_loss(model.call(inputs), targets).backward();
        optimizer.step();
    }

    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Tensor.TotalCount;
    }

    private static Sequential Model(ScalarType type, int seed)
    {
        manual_seed(seed);
        return nn.Sequential(nn.Linear(16, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, 4)).to(type);
    }

    private static void WriteWeights(nn.Module model, string file)
    {
        using var scope = NewDisposeScope();
        File.WriteAllLines(file, model.named_parameters().Select(entry =>
            $"{entry.name} {string.Join(' ', entry.parameter.detach().to(float64).data<double>().ToArray().Select(weight => weight.ToString("R")))}"));
    }

    private sealed class TwoOutputs : nn.Module<Tensor, (Tensor, Tensor[])>
    {
        public readonly Parameter weight = nn.Parameter(full([1], 3.0f));

        public TwoOutputs()
            : base(nameof(TwoOutputs)) => RegisterComponents();

        public override (Tensor, Tensor[]) forward(Tensor input) => (input * weight, [input.square() * weight, input.detach()]);
    }

    private sealed class OneOfTwo : nn.Module<Tensor, Tensor>
    {
        public readonly Linear first = nn.Linear(1, 1);
        public readonly Linear second = nn.Linear(1, 1);
        private readonly int _rank;

        public OneOfTwo(int rank)
            : base(nameof(OneOfTwo))
        {
            _rank = rank;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => (_rank == 0 ? first : second).call(input);
    }
}
