using TorchSharp;
using static TorchSharp.torch;

namespace LibTorch.Tests.Memory;

public sealed class CpuMemoryTests
{
    private const int Megabyte = 1 << 20;

    // blocks are rounded up, and one that is used again may be a quarter larger
    private const double Rounding = 1.3;

    [Fact]
    public void A_tensor_counts_until_it_is_disposed()
    {
        var before = cpu.memory_allocated();
        var tensor = zeros([4 * Megabyte / sizeof(float)]);
        var during = cpu.memory_allocated() - before;
        tensor.Dispose();
        Assert.InRange(during, 4 * Megabyte, 4 * Megabyte * Rounding);
        Assert.Equal(before, cpu.memory_allocated());
    }

    [Fact]
    public void What_autograd_keeps_counts_though_no_variable_holds_it()
    {
        using var x = ones([Megabyte / sizeof(float)], requires_grad: true);
        var before = cpu.memory_allocated();
        Tensor y;
        using (NewDisposeScope())
            y = x.exp().exp().exp().sum().MoveToOuterDisposeScope();
        var kept = cpu.memory_allocated() - before;
        y.Dispose();
        Assert.InRange(kept, 3 * Megabyte, 3 * Megabyte * Rounding);
        Assert.Equal(before, cpu.memory_allocated());
    }

    [Fact]
    public void The_most_is_remembered_until_it_is_reset()
    {
        cpu.reset_peak_memory_stats();
        var before = cpu.memory_allocated();
        Assert.Equal(before, cpu.max_memory_allocated());
        zeros([8 * Megabyte / sizeof(float)]).Dispose();
        Assert.InRange(cpu.max_memory_allocated() - before, 8 * Megabyte, 8 * Megabyte * Rounding);
        cpu.reset_peak_memory_stats();
        Assert.Equal(before, cpu.max_memory_allocated());
    }
}
