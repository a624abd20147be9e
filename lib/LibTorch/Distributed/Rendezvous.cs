using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Waits at the store until all processes are there.</summary>
internal static class Rendezvous
{
    // c10d's own count of who has come, so that processes written in Python count too
    private const string Arrivals = "init/";

    private static readonly TimeSpan _shortestPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan _longestPause = TimeSpan.FromMilliseconds(100);

    /// <exception cref="torch.distributed.DistStoreError">They were not within the timeout, or the master has gone.</exception>
    public static void Await(torch.distributed.Store store, int rank, int worldSize, TimeSpan timeout)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            store.set(Mark(rank), "");
            var arrived = store.add(Arrivals, 1);
            for (var pause = _shortestPause; arrived < worldSize; arrived = store.add(Arrivals, 0))
            {
                if (Stopwatch.GetElapsedTime(started) > timeout)
                    throw new torch.distributed.DistStoreError(Missing(store, arrived, worldSize, timeout));
                Thread.Sleep(pause);
                pause = pause * 2 < _longestPause ? pause * 2 : _longestPause;
            }
        }
        catch (ExternalException error) when (error is not torch.distributed.DistStoreError)
        {
            throw new torch.distributed.DistStoreError(
                $"Rank {rank} lost the master at {store.Host} while it waited for the others: see what rank 0 says. ({error.Message})", error);
        }
    }

    private static string Missing(torch.distributed.Store store, long arrived, int worldSize, TimeSpan timeout)
    {
        const int MostNamed = 8;
        List<int> missing = [.. Enumerable.Range(0, worldSize).Where(rank => !store.check(Mark(rank)))];
        var named = missing.Count == worldSize - arrived && missing.Count <= MostNamed ? $" (rank {string.Join(", ", missing)} did not)" : "";
        return $"{arrived} of {worldSize} processes arrived within {torch.distributed.Text(timeout)}{named}: were all started, with the same "
            + "MASTER_ADDR, MASTER_PORT and WORLD_SIZE, and did none of them fail before?";
    }

    private static string Mark(int rank) => $"arrived/{rank}";
}
