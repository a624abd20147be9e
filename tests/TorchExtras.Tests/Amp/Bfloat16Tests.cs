using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Amp;

public sealed class Bfloat16Tests
{
    [Fact]
    public void Instructions_of_the_CPU_are_those_that_the_kernel_lists()
    {
        if (!File.Exists("/proc/cpuinfo"))
            return;
        var flags = File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("flags", StringComparison.Ordinal) || line.StartsWith("Features", StringComparison.Ordinal)).Split(' ');
        Assert.Equal(flags.Contains("avx512_bf16") || flags.Contains("amx_bf16"), torch.amp.is_bf16_supported(including_emulation: false));
    }

    [Fact]
    public void Emulation_on_the_CPU_counts_by_default()
    {
        Assert.True(torch.amp.is_bf16_supported());
        Assert.True(torch.amp.is_bf16_supported(CPU));
    }

    [Fact]
    public void Devices_without_autocast_do_not_support_bfloat16() => Assert.False(torch.amp.is_bf16_supported(META));
}
