using System.Diagnostics;
using TorchSharp.Extras.Native;

namespace TorchSharp.Extras.Memory;

/// <summary>
/// Frees tensors that a program did not dispose of, before they fill the memory: it triggers a garbage collection when the process has grown.
/// </summary>
/// <remarks>
/// <para>
/// A tensor is a small object that owns large native memory, and TorchSharp does not report this memory to the garbage collector. A program that
/// disposes of nothing therefore grows by gigabytes before the collector runs. The watch is a thread that reads the resident memory of the process
/// every few milliseconds.
/// </para>
/// <para>
/// The watch does not collect while other threads compute. TorchSharp's methods keep their arguments alive during a native call only where the
/// build has patched them, so a collection by another thread may free them and end the process. Instead, the watch requests a collection at the next allocation, which is on the
/// computing thread, between two calls. <see cref="SafePoint"/> collects older generations, and the watch does when the process is idle.
/// </para>
/// <para>
/// DeepLearning starts the watch when it is loaded. Other programs call <see cref="StartByDefault"/> or set <see cref="IsEnabled"/>. The environment
/// variable <c>TORCH_EXTRAS_MEMORY_WATCH=off</c> disables it. A program that disposes of its tensors, for example with
/// <c>torch.NewDisposeScope()</c>, has no collections after its start.
/// </para>
/// <para>
/// While a collection is requested, <see cref="System.Runtime.GCSettings.LatencyMode"/> is NoGCRegion, and a program cannot start its own no-GC
/// region. The watch is measured on Linux; on Windows and macOS it reads the working set and is untested.
/// </para>
/// </remarks>
public static class MemoryWatch
{
    /// <summary>The name of the environment variable that disables the watch: <c>off</c>, <c>0</c> or <c>false</c>.</summary>
    public const string Variable = "TORCH_EXTRAS_MEMORY_WATCH";

    private static readonly Lock _changing = new();
    private static CancellationTokenSource? _running;
    private static bool _isTurnedOff;
    private static bool _isFullCollectionDue;
    private static long _collections;

    /// <summary>Gets or sets a value that indicates whether the watch runs. Setting the property overrides the environment variable.</summary>
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

    /// <summary>Gets the number of collections that the watch has triggered.</summary>
    public static long Collections => Interlocked.Read(ref _collections);

    /// <summary>Starts the watch, unless the environment variable disables it or <see cref="IsEnabled"/> was set to false.</summary>
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
    /// Runs a full collection on the calling thread if the watch has requested one. Call the method in loops, where no other thread computes with
    /// tensors, for example between the batches of a data loader. Otherwise, the call has no cost.
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
        var interval = new WatchInterval();
        var policy = new CollectionPolicy(ProcessMemory.Resident());
        var start = Stopwatch.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            var resident = ProcessMemory.Resident();
            if (policy.IsDue(resident, Stopwatch.GetElapsedTime(start)))
            {
                AllocationCollection.Run(stop);
                if (stop.IsCancellationRequested)
                    return;
                Interlocked.Increment(ref _collections);
                GC.WaitForPendingFinalizers();
                // glibc rarely reuses freed blocks of aligned memory, so freed memory would stay resident and grow
                ProcessMemory.ReturnFreePages();
                var after = ProcessMemory.Resident();
                policy.Collected(resident, after);
                // surviving objects are in use, or are garbage in older generations
                _isFullCollectionDue = resident - after < CollectionPolicy.LeastGrowth / 2;
            }
            Thread.Sleep(interval.Next(resident));
        }
    }
}
