using System.Runtime;

namespace TorchSharp.Extras.Memory;

/// <summary>A garbage collection of the youngest generation that runs on the thread that allocates next.</summary>
/// <remarks>
/// The runtime ends a region without collections by a collection, as soon as the region's allowance is used up, on the thread that uses it up.
/// Starting the region collects nothing. The code here allocates nothing, so the thread is another one.
/// </remarks>
internal static class AllocationCollection
{
    // less than any allocation context
    private const int Allowance = 1024;

    private static readonly TimeSpan _idleTime = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _idleUse = TimeSpan.FromMilliseconds(5);

    /// <summary>Asks for the collection and waits until it has run. If the process is idle, it runs a full collection itself.</summary>
    /// <param name="stop">Ends the wait.</param>
    public static void Run(CancellationToken stop)
    {
        if (!TryAsk())
            return;
        var collections = GC.CollectionCount(0);
        var since = Environment.TickCount64;
        var used = Environment.CpuUsage.TotalTime;
        while (GC.CollectionCount(0) == collections && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion && !stop.IsCancellationRequested)
        {
            Thread.Sleep(1);
            if (Environment.TickCount64 - since < _idleTime.TotalMilliseconds)
                continue;
            var now = Environment.CpuUsage.TotalTime;
            if (now - used < _idleUse)
            {
                // no thread computes, so no native call is under way
                GC.Collect();
                return;
            }
            (since, used) = (Environment.TickCount64, now);
        }
    }

    private static bool TryAsk()
    {
        try
        {
            return GC.TryStartNoGCRegion(Allowance, disallowFullBlockingGC: true);
        }
        catch (InvalidOperationException)
        {
            // the program has such a region itself: it wants no collection
            return false;
        }
    }
}
