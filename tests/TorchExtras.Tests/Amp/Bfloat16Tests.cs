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
        Assert.Equal(flags.Contains("avx512_bf16") || flags.Contains("amx_bf16"), amp.is_bf16_supported(including_emulation: false));
    }

    [Theory]
    [InlineData("cpu", true)]
    [InlineData("cuda", true)]
    [InlineData("mps", false)]
    public void Emulation_counts_by_default(string name, bool isSupported) => Assert.Equal(isSupported, amp.is_bf16_supported(device(name)));
}
