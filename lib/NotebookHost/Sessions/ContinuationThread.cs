using System.Collections.Concurrent;

namespace NotebookHost.Sessions;

/// <summary>
/// A thread for what follows an await in a cell. It is used again and again like one of the pool's, until code on it was aborted: a second
/// abort does not come through on the same thread.
/// </summary>
#pragma warning disable CA1001 // the thread itself disposes it, at its end
internal sealed class ContinuationThread
#pragma warning restore CA1001
{
    private const int MostIdle = 8;

    private static readonly ConcurrentStack<ContinuationThread> _idle = new();

    private readonly AutoResetEvent _ready = new(false);
    private Action? _work;

    private ContinuationThread() => new Thread(Work) { IsBackground = true, Name = "cell, after an await" }.Start();

    /// <summary>Does something on a thread of its own, and returns at once.</summary>
    public static void Run(Action work)
    {
        if (!_idle.TryPop(out var thread))
            thread = new ContinuationThread();
        thread._work = work;
        thread._ready.Set();
    }

    private void Work()
    {
        while (true)
        {
            _ready.WaitOne();
            _work!();
            _work = null;
            if (CellExecution.HasAbortedHere || _idle.Count >= MostIdle)
                break;
            _idle.Push(this);
        }
        _ready.Dispose();
    }
}
