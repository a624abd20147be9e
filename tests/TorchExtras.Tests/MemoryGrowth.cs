namespace TorchSharp.Extras.Tests;

/// <summary>Measures the native memory that repeated steps keep.</summary>
internal static class MemoryGrowth
{
    private const int Rounds = 5;

    private const int MostRounds = 25;

    /// <summary>The bytes that a step may keep: less than any tensor takes.</summary>
    public const long Limit = 128;

    /// <summary>Returns the median growth per step of five successive rounds in bytes, once it is within the limit; otherwise that of the last five.</summary>
    /// <remarks>
    /// The runtime compiles methods and allocates during some of the first rounds, on a busy machine for seconds. A leak is in every round, so it is in
    /// every median.
    /// </remarks>
    /// <param name="step">The step.</param>
    /// <param name="steps">The number of steps of a round.</param>
    public static long Of(Action step, int steps = 2_000)
    {
        step();
        LiveTensors.Settle();
        var growth = new List<long>();
        while (true)
        {
            var before = torch.cpu.memory_allocated();
            for (var i = 0; i < steps; i++)
                step();
            growth.Add((torch.cpu.memory_allocated() - before) / steps);
            if (growth.Count < Rounds)
                continue;
            var median = growth.TakeLast(Rounds).Order().ElementAt(Rounds / 2);
            if (median <= Limit || growth.Count == MostRounds)
                return median;
        }
    }
}
