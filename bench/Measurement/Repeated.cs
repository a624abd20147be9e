using System.Diagnostics;

namespace Bench.Measurement;

/// <summary>Times a piece of work that is too short for one look at the clock.</summary>
internal static class Repeated
{
    // The runtime compiles twice more what is called often, each time once a tenth of a second has brought nothing new
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(0.5);

    /// <summary>Microseconds that one call takes in the best of several batches, once the runtime has compiled it for good.</summary>
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
