using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LibTorch.Tests.Worker;

/// <summary>A small network that one process, or several with DistributedDataParallel, train.</summary>
internal static class Training
{
    private const int Batch = 8;
    private const double ManyBuckets = 0.001;

    /// <summary>Trains and prints the weights. Alone, one process takes the whole batch; several take a part each.</summary>
    public static void Run(string[] arguments)
    {
        var type = arguments[0] == "double" ? float64 : float32;
        var steps = int.Parse(arguments[1]);
        if (arguments.Contains("alone"))
        {
            using var model = Model(type, seed: 1);
            Train(model, type, steps, 2 * Batch);
            PrintWeights(model);
            return;
        }
        var rank = Scenarios.Join();
        // another seed in each: what rank 0 has becomes that of all
        using var shared = nn.parallel.DistributedDataParallel(Model(type, seed: 1 + rank), bucket_cap_mb: ManyBuckets);
        Train(shared, type, steps, Batch);
        PrintWeights(shared.module);
        distributed.destroy_process_group();
    }

    public static void Steps(int steps)
    {
        using var shared = nn.parallel.DistributedDataParallel(Model(float32, seed: 1), bucket_cap_mb: ManyBuckets);
        Train(shared, float32, steps, Batch);
    }

    public static void Forever(Action<int> before)
    {
        using var shared = nn.parallel.DistributedDataParallel(Model(float32, seed: 1), bucket_cap_mb: ManyBuckets);
        using var optimizer = optim.SGD(shared.parameters(), 0.01);
        for (var step = 0; ; step++)
        {
            before(step);
            Step(shared, optimizer, float32, step, Batch);
        }
    }

    /// <summary>Two backwards without averaging and one with: the gradients are the means of sums.</summary>
    public static void WithoutAveraging()
    {
        var rank = Scenarios.Join();
        using var scope = NewDisposeScope();
        var model = nn.Linear(1, 1, hasBias: false);
        using var shared = nn.parallel.DistributedDataParallel(model);
        var input = full([1, 1], rank + 1.0);
        using (shared.no_sync())
        {
            shared.call(input).sum().backward();
            Scenarios.Print("first", model.weight!.grad!);
            shared.call(input).sum().backward();
            Scenarios.Print("second", model.weight!.grad!);
        }
        shared.call(input).sum().backward();
        Scenarios.Print("third", model.weight!.grad!);
        distributed.destroy_process_group();
    }

    /// <summary>Each process sees other data; the running mean stays rank 0's.</summary>
    public static void Buffers()
    {
        var rank = Scenarios.Join();
        using var scope = NewDisposeScope();
        var model = nn.BatchNorm1d(2);
        using var shared = nn.parallel.DistributedDataParallel(model);
        var input = full([4, 2], 10.0 * (rank + 1)) + randn(4, 2);
        shared.call(input);
        shared.eval();
        shared.call(input);
        Scenarios.Print("mean", model.running_mean!);
        Console.WriteLine(string.Join(' ', shared.state_dict().Keys));
        distributed.destroy_process_group();
    }

    /// <summary>Each process uses one of two layers; both get a gradient.</summary>
    public static void Unused()
    {
        var rank = Scenarios.Join();
        using var scope = NewDisposeScope();
        var model = new OneOfTwo(rank);
        using var shared = nn.parallel.DistributedDataParallel(model, find_unused_parameters: true);
        for (var step = 0; step < 2; step++)
        {
            shared.zero_grad();
            shared.call(ones(1, 1)).sum().backward();
        }
        Scenarios.Print("first", model.first.weight!.grad!);
        Scenarios.Print("second", model.second.weight!.grad!);
        distributed.destroy_process_group();
    }

    private static void Train(nn.Module<Tensor, Tensor> model, ScalarType type, int steps, int share)
    {
        using var optimizer = optim.SGD(model.parameters(), 0.05, momentum: 0.9);
        for (var step = 0; step < steps; step++)
            Step(model, optimizer, type, step, share);
    }

    private static void Step(nn.Module<Tensor, Tensor> model, optim.Optimizer optimizer, ScalarType type, int step, int share)
    {
        var (rank, parts) = distributed.is_initialized() ? (distributed.get_rank(), distributed.get_world_size()) : (0, 1);
        using var scope = NewDisposeScope();
        using var stream = new Generator((ulong)step + 100);
        var inputs = randn([parts * share, 16], dtype: type, generator: stream).narrow(0, rank * share, share);
        var targets = randn([parts * share, 4], dtype: type, generator: stream).narrow(0, rank * share, share);
        optimizer.zero_grad();
        nn.functional.mse_loss(model.call(inputs), targets).backward();
        optimizer.step();
    }

    private static Sequential Model(ScalarType type, int seed)
    {
        manual_seed(seed);
        return nn.Sequential(nn.Linear(16, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, 4)).to(type);
    }

    private static void PrintWeights(nn.Module model)
    {
        using var scope = NewDisposeScope();
        foreach (var (name, parameter) in model.named_parameters())
            Scenarios.Print(name, parameter.detach());
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
