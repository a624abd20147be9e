using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Memory;

public sealed class CpuMemoryTests
{
    private const long Megabyte = 1 << 20;

    // the runtime also allocates; a compiled method or a thread takes less than this
    private const long Other = 2 * Megabyte;

    [Fact]
    public void A_tensor_counts_until_it_is_disposed()
    {
        var before = torch.cpu.memory_allocated();
        var tensor = zeros([32 * Megabyte / sizeof(float)]);
        var during = torch.cpu.memory_allocated() - before;
        tensor.Dispose();
        Assert.InRange(during, (32 * Megabyte) - Other, (32 * Megabyte) + Other);
        Assert.InRange(torch.cpu.memory_allocated() - before, -Other, Other);
    }

    [Fact]
    public void Tensors_that_autograd_keeps_are_counted()
    {
        using var x = ones([16 * Megabyte / sizeof(float)], requires_grad: true);
        var before = torch.cpu.memory_allocated();
        Tensor y;
        using (NewDisposeScope())
            y = x.exp().exp().exp().sum().MoveToOuterDisposeScope();
        var kept = torch.cpu.memory_allocated() - before;
        y.Dispose();
        Assert.InRange(kept, (48 * Megabyte) - Other, (48 * Megabyte) + Other);
        Assert.InRange(torch.cpu.memory_allocated() - before, -Other, Other);
    }

    [Fact]
    public void The_maximum_is_kept_until_it_is_reset()
    {
        torch.cpu.reset_peak_memory_stats();
        var before = torch.cpu.memory_allocated();
        var tensor = zeros([64 * Megabyte / sizeof(float)]);
        // the statistics thread samples every millisecond; a query also samples
        var during = torch.cpu.max_memory_allocated();
        tensor.Dispose();
        var most = torch.cpu.max_memory_allocated();
        Assert.InRange(during - before, (64 * Megabyte) - Other, (64 * Megabyte) + Other);
        Assert.InRange(most, during, during + Other);
        torch.cpu.reset_peak_memory_stats();
        Assert.InRange(torch.cpu.max_memory_allocated() - before, -Other, Other);
    }

    [Fact]
    public void Between_forward_and_backward_a_checkpoint_keeps_only_its_result()
    {
        const long Bytes = 16 * Megabyte;
        using var x = ones([Bytes / sizeof(float)], requires_grad: true);
        var before = torch.cpu.memory_allocated();
        using var y = torch.utils.checkpoint(input => input.sin().exp().tanh().sum(), x);
        Assert.InRange(torch.cpu.memory_allocated() - before, -Other, Other);
        y.backward();
        // the gradient of x, and the copy that backward returned last
        Assert.InRange(torch.cpu.memory_allocated() - before, Bytes - Other, (2 * Bytes) + Other);
    }
}
