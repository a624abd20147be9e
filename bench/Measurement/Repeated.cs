using System.Diagnostics;

namespace Bench.Measurement;

/// <summary>Times a piece of work that is too short for one look at the clock.</summary>
internal static class Repeated
{
    /// <summary>Microseconds that one call takes in the best of several batches, after as many calls to warm up.</summary>
    public static double Microseconds(Action work, int calls, int batches = 15)
    {
        for (var i = 0; i < calls; i++)
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
