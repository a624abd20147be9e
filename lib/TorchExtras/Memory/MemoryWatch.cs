using System.Diagnostics;
using TorchSharp.Extras.Native;

namespace TorchSharp.Extras.Memory;

/// <summary>
/// Frees tensors that a program forgot to dispose, before they fill the memory: it leads to a garbage collection when the process has grown.
/// </summary>
/// <remarks>
/// <para>
/// A tensor is a small object that holds large native memory, and TorchSharp does not tell the garbage collector. So a program that disposes nothing
/// grows by gigabytes before the collector runs. The watch is a thread that reads the resident memory of the process every few milliseconds.
/// </para>
/// <para>
/// It does not collect while other threads compute. TorchSharp's methods do not keep their arguments alive during a native call, so a collection
/// that another thread runs meanwhile may free them and end the process. The watch asks the runtime to collect at the next allocation instead: that
/// is on the computing thread, between two calls. Older garbage is collected in <see cref="SafePoint"/>, and by the watch when the process is idle.
/// </para>
/// <para>
/// DeepLearning starts it when it is loaded. Other programs call <see cref="StartByDefault"/> or set <see cref="IsEnabled"/>. The environment variable
/// <c>TORCH_EXTRAS_MEMORY_WATCH=off</c> keeps it off. A program that disposes its tensors, for example with <c>torch.NewDisposeScope()</c>, has no
/// collections once it runs.
/// </para>
/// <para>
/// While a collection is asked for, <see cref="System.Runtime.GCSettings.LatencyMode"/> is NoGCRegion, and a program cannot start such a region of its
/// own. Measured on Linux; on Windows and macOS the watch reads the working set, and was not run.
/// </para>
/// </remarks>
public static class MemoryWatch
{
    /// <summary>The name of the environment variable that keeps the watch off: <c>off</c>, <c>0</c> or <c>false</c>.</summary>
    public const string Variable = "TORCH_EXTRAS_MEMORY_WATCH";

    private static readonly Lock _changing = new();
    private static CancellationTokenSource? _running;
    private static bool _isTurnedOff;
    private static bool _isFullCollectionDue;
    private static long _collections;

    /// <summary>Gets or sets whether the watch runs. Setting it overrides the environment variable.</summary>
    public static bool IsEnabled
    {
        get => Volatile.Read(ref _running) is not null;
        set
        {
            lock (_changing)
            {
                _isTurnedOff = !value;
                if (value)
                    Start();
                else
                    Stop();
            }
        }
    }

    /// <summary>Gets how many collections the watch has led to.</summary>
    public static long Collections => Interlocked.Read(ref _collections);

    /// <summary>Starts the watch, unless the environment variable keeps it off or <see cref="IsEnabled"/> was set to false.</summary>
    /// <returns>Whether the watch runs.</returns>
    public static bool StartByDefault()
    {
        lock (_changing)
        {
            if (!_isTurnedOff && Environment.GetEnvironmentVariable(Variable)?.ToLowerInvariant() is not ("off" or "0" or "false"))
                Start();
            return _running is not null;
        }
    }

    /// <summary>
    /// Runs a full collection on the calling thread if the watch wants one. Call it from loops, where no other thread computes with tensors: a data
    /// loader does between batches. It costs nothing otherwise.
    /// </summary>
    public static void SafePoint()
    {
        if (!Volatile.Read(ref _isFullCollectionDue))
            return;
        _isFullCollectionDue = false;
        Interlocked.Increment(ref _collections);
        GC.Collect();
    }

    private static void Start()
    {
        if (_running is not null)
            return;
        var running = new CancellationTokenSource();
        _running = running;
        new Thread(() => Watch(running.Token)) { IsBackground = true, Name = "Native memory watch" }.Start();
    }

    private static void Stop()
    {
        _running?.Cancel();
        _running = null;
        _isFullCollectionDue = false;
    }

    private static void Watch(CancellationToken stop)
    {
        var pace = new WatchPace();
        var policy = new CollectionPolicy(ProcessMemory.Resident());
        var start = Stopwatch.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            var resident = ProcessMemory.Resident();
            if (policy.IsDue(resident, Stopwatch.GetElapsedTime(start)))
            {
                AllocationCollection.Run(stop);
                Interlocked.Increment(ref _collections);
                GC.WaitForPendingFinalizers();
                // glibc reuses freed blocks of aligned memory badly, so freed memory would count as resident, and grow
                ProcessMemory.ReturnFreePages();
                var after = ProcessMemory.Resident();
                policy.Collected(resident, after);
                // what survived is in use, or is garbage that the youngest generation does not contain
                _isFullCollectionDue = resident - after < CollectionPolicy.LeastGrowth / 2;
            }
            Thread.Sleep(pace.Next(resident));
        }
    }
}
