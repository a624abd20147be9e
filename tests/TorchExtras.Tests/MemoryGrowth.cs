namespace TorchSharp.Extras.Tests;

/// <summary>Measures the native memory that repeated steps keep.</summary>
internal static class MemoryGrowth
{
    private const int Rounds = 5;

    private const int Steps = 2_000;

    /// <summary>The bytes that a round may keep: 128 for each step, less than any tensor takes.</summary>
    public const long Limit = Steps * 128;

    /// <summary>Returns the median growth of several rounds in bytes.</summary>
    /// <remarks>The runtime compiles and allocates once during some round. A leak is in every round, so it is in the median.</remarks>
    public static long Of(Action step)
    {
        step();
        LiveTensors.Settle();
        var growth = new long[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var before = torch.cpu.memory_allocated();
            for (var i = 0; i < Steps; i++)
                step();
            growth[round] = torch.cpu.memory_allocated() - before;
        }
        Array.Sort(growth);
        return growth[Rounds / 2];
    }
}
