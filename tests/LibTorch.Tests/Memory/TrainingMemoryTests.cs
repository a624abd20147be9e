using static TorchSharp.torch;

namespace LibTorch.Tests.Memory;

public sealed class TrainingMemoryTests
{
    private const int Steps = 20;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Two_hundred_epochs_keep_resident_memory_flat_with_scopes_and_without(bool scoped)
    {
        manual_seed(1);
        using var net = nn.Sequential(nn.Linear(64, 256), nn.ReLU(), nn.BatchNorm1d(256), nn.Linear(256, 10));
        using var optimizer = optim.Adam(net.parameters());
        using var x = randn(256, 64);
        using var labels = randint(10, [256]);
        for (var epoch = 0; epoch < 40; epoch++)
            Epoch();
        var (resident, live) = (Settle(), Tensor.TotalCount);
        for (var epoch = 0; epoch < 160; epoch++)
            Epoch();
        Assert.InRange(Settle() - resident, long.MinValue, 160L << 20);
        Assert.InRange(Tensor.TotalCount - live, -500, 500);

        void Epoch()
        {
            for (var step = 0; step < Steps; step++)
            {
                using var scope = scoped ? NewDisposeScope() : null;
                var loss = nn.functional.cross_entropy(net.call(x), labels);
                optimizer.zero_grad();
                loss.backward();
                optimizer.step();
            }
        }
    }

    private static long Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet;
    }
}
