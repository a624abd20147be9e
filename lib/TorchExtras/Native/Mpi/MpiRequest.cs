using System.Diagnostics;

namespace TorchSharp.Extras.Native;

/// <summary>An operation in progress.</summary>
internal sealed unsafe class MpiRequest
{
    private const int StatusWords = 16;
    private const int Spins = 50;

    // how long a waiting process polls without a pause before it sleeps between two polls
    private static readonly TimeSpan _awake = TimeSpan.FromMilliseconds(50);

    private readonly MpiRuntime _runtime;
    private nint _handle;
    private bool _isDone;

    internal MpiRequest(MpiRuntime runtime, nint handle) => (_runtime, _handle) = (runtime, handle);

    /// <summary>Makes progress on the operation and returns whether it is done.</summary>
    public bool Test()
    {
        lock (_runtime.Gate)
        {
            if (_isDone)
                return true;
            var status = stackalloc long[StatusWords];
            var done = 0;
            var handle = _handle;
            _runtime.Check(_runtime.Functions.Test(&handle, &done, status));
            _handle = handle;
            return _isDone = done != 0;
        }
    }

    /// <summary>Waits until the operation is done; returns false after the timeout.</summary>
    public bool Wait(TimeSpan timeout)
    {
        var started = Stopwatch.GetTimestamp();
        for (var looks = 0; !Test(); looks++)
        {
            if (looks < Spins)
            {
                Thread.SpinWait(looks);
                continue;
            }
            var elapsed = Stopwatch.GetElapsedTime(started);
            if (elapsed > timeout)
                return false;
            // another process of this machine may need the core
            if (elapsed < _awake)
                Thread.Yield();
            else
                Thread.Sleep(1);
        }
        return true;
    }
}
