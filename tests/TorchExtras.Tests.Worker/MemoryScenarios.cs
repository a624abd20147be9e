using System.Diagnostics;
using TorchSharp.Extras.Memory;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Worker;

/// <summary>
/// Programs that do not dispose of their tensors, and training, whose memory is measured. The memory watch runs unless its variable disables it.
/// </summary>
internal static class MemoryScenarios
{
    [Scenario("forget-pairs")]
    public static void ForgetPairs(string[] arguments)
    {
        MemoryWatch.StartByDefault();
        var pairs = int.Parse(arguments[0]);
        for (var i = 0; i < pairs; i++)
            ForgetPair();
        Report();
    }

    [Scenario("forget-graphs")]
    public static void ForgetGraphs(string[] arguments)
    {
        MemoryWatch.StartByDefault();
        using var weight = ones([1 << 18], requires_grad: true);
        var graphs = int.Parse(arguments[0]);
        for (var i = 0; i < graphs; i++)
            ForgetGraph(weight);
        Report();
    }

    [Scenario("forget-small")]
    public static void ForgetSmall(string[] arguments)
    {
        MemoryWatch.StartByDefault();
        using var x = ones(4);
        var count = int.Parse(arguments[0]);
        for (var i = 0; i < count / 10; i++)
            _ = x + 1;
        var before = Resident();
        for (var i = count / 10; i < count; i++)
            _ = x + 1;
        Console.WriteLine($"growth {Resident() - before}");
        Report();
    }

    /// <summary>Trains for 200 epochs, in dispose scopes or without, and prints the growth after the first 40.</summary>
    [Scenario("train-memory")]
    public static void Train(string[] arguments)
    {
        MemoryWatch.StartByDefault();
        manual_seed(1);
        using var net = nn.Sequential(nn.Linear(64, 256), nn.ReLU(), nn.BatchNorm1d(256), nn.Linear(256, 10));
        using var optimizer = optim.Adam(net.parameters());
        using var x = randn(256, 64);
        using var labels = randint(10, [256]);
        for (var epoch = 0; epoch < 40; epoch++)
            Epoch();
        // the limit of the first watch depends on the memory before libtorch is loaded, and the start may reach it sooner or later
        MemoryWatch.IsEnabled = false;
        MemoryWatch.IsEnabled = true;
        var (resident, collections, live) = (Settle(), MemoryWatch.Collections, Tensor.TotalCount);
        for (var epoch = 40; epoch < 200; epoch++)
            Epoch();
        Console.WriteLine($"collections {MemoryWatch.Collections - collections}");
        Console.WriteLine($"growth {Settle() - resident}");
        Console.WriteLine($"tensors {Tensor.TotalCount - live}");

        void Epoch()
        {
            for (var step = 0; step < 20; step++)
            {
                using var scope = arguments is ["scoped"] ? NewDisposeScope() : null;
                var loss = nn.functional.cross_entropy(net.call(x), labels);
                optimizer.zero_grad();
                loss.backward();
                optimizer.step();
            }
        }
    }

    [Scenario("watch-state")]
    public static void State(string[] arguments)
    {
        Console.WriteLine($"default {(MemoryWatch.StartByDefault() ? 1 : 0)}");
        MemoryWatch.IsEnabled = true;
        Console.WriteLine($"on {(MemoryWatch.IsEnabled ? 1 : 0)}");
        MemoryWatch.IsEnabled = false;
        Console.WriteLine($"off {(MemoryWatch.IsEnabled || MemoryWatch.StartByDefault() ? 1 : 0)}");
    }

    private static void ForgetPair()
    {
        var x = ones(1_000_000);
        _ = x + 1;
    }

    private static void ForgetGraph(Tensor weight) => _ = (weight * 2).exp().sum();

    private static void Report()
    {
        using var process = Process.GetCurrentProcess();
        Console.WriteLine($"peak {process.PeakWorkingSet64}");
        Console.WriteLine($"end {process.WorkingSet64}");
        Console.WriteLine($"watched {MemoryWatch.Collections}");
    }

    private static long Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Resident();
    }

    private static long Resident() => Environment.WorkingSet;
}
