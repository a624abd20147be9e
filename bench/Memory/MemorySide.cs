using System.Diagnostics;
using Bench.Measurement;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bench.Memory;

/// <summary>
/// Measures the memory growth of long training, with and without dispose scopes. pytorch/memory.py measures the same with Python's reference
/// counting.
/// </summary>
internal static class MemorySide
{
    private const int WarmUp = 2_000;
    private const int Steps = 20_000;

    public static IEnumerable<Sample> Measure()
    {
        using var images = randn(64, 784);
        using var labels = randint(0, 10, [64], int64);
        using var model = nn.Sequential(nn.Linear(784, 100), nn.ReLU(), nn.Linear(100, 10));
        using var optimizer = optim.SGD(model.parameters(), 0.01, momentum: 0.9);
        yield return new Sample("a small network, nothing disposed", Growth(() => Step(model, optimizer, images, labels)));
        yield return new Sample("the same in dispose scopes", Growth(() =>
        {
            using var scope = NewDisposeScope();
            Step(model, optimizer, images, labels);
        }));
        yield return new Sample("a tensor of 4 MB, not disposed", Growth(() => _ = zeros(1 << 20)));
    }

    private static void Step(Sequential model, optim.Optimizer optimizer, Tensor images, Tensor labels)
    {
        optimizer.zero_grad();
        nn.functional.cross_entropy(model.call(images), labels).backward();
        optimizer.step();
    }

    /// <summary>Returns the growth of resident memory in megabytes between fewer and more steps.</summary>
    private static double Growth(Action step)
    {
        for (var i = 0; i < WarmUp; i++)
            step();
        var before = ResidentMegabytes();
        for (var i = 0; i < Steps; i++)
            step();
        return ResidentMegabytes() - before;
    }

    private static double ResidentMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / (1024.0 * 1024);
    }
}
