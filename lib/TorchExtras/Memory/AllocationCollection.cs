using System.Runtime;

namespace TorchSharp.Extras.Memory;

/// <summary>Triggers a garbage collection of the youngest generation on the thread that allocates next.</summary>
/// <remarks>
/// The runtime ends a no-GC region with a collection as soon as the region's budget is exhausted, on the thread that exhausts it. Starting the region
/// collects nothing. The code here allocates nothing, so another thread runs the collection.
/// </remarks>
internal static class AllocationCollection
{
    // smaller than any allocation context
    private const int Allowance = 1024;

    private static readonly TimeSpan _idleTime = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _idleUse = TimeSpan.FromMilliseconds(5);

    /// <summary>Requests the collection and waits until it has run. If the process is idle, the method runs a full collection itself.</summary>
    /// <param name="stop">A token that ends the wait.</param>
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
                // no thread computes, so no native call is in progress
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
            // the program is in its own no-GC region and must not be interrupted
            return false;
        }
    }
}
