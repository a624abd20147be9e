using System.Diagnostics;

namespace Bench.Measurement;

/// <summary>Measures operations that are too short for a single measurement.</summary>
internal static class Repeated
{
    // the runtime recompiles frequently called methods twice, after a tenth of a second without new methods
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(0.5);

    /// <summary>Returns the microseconds per call in the best of several batches, after tiered compilation.</summary>
    public static double Microseconds(Action work, int calls, int batches = 15)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < _warmUp;)
            work();
        var best = double.MaxValue;
        for (var batch = 0; batch < batches; batch++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < calls; i++)
                work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls);
        }
        return best;
    }
}
