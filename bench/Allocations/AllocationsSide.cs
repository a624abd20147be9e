using Bench.Measurement;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bench.Allocations;

/// <summary>Measures managed allocations, in bytes per call after warm-up. PyTorch has no such measurement.</summary>
internal static class AllocationsSide
{
    private const int Calls = 2_000;

    public static IEnumerable<Sample> Measure()
    {
        using var a = randn(16);
        using var b = randn(16);
        using var images = randn(16, 784);
        using var labels = randint(0, 10, [16], int64);
        using var model = nn.Sequential(nn.Linear(784, 100), nn.ReLU(), nn.Linear(100, 10));
        using var optimizer = optim.SGD(model.parameters(), 0.01, momentum: 0.9);
        yield return Bytes("a.add_(b)", () => a.add_(b));
        yield return Bytes("a + b", () => (a + b).Dispose());
        yield return Bytes("a[1]", () => a[1].Dispose());
        yield return Bytes("a.view(4, 4)", () => a.view(4, 4).Dispose());
        yield return Bytes("optimizer.step()", () => optimizer.step(), () => Backward(model, images, labels));
        yield return Bytes("a training step of two layers", () =>
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            Backward(model, images, labels);
            optimizer.step();
        });
    }

    private static void Backward(Sequential model, Tensor images, Tensor labels)
    {
        using var scope = NewDisposeScope();
        nn.functional.cross_entropy(model.call(images), labels).backward();
    }

    private static Sample Bytes(string name, Action work, Action? first = null)
    {
        first?.Invoke();
        for (var i = 0; i < Calls; i++)
            work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Calls; i++)
            work();
        return new Sample(name, (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Calls);
    }
}
