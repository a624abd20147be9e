using System.Collections.Concurrent;

namespace NotebookHost.Sessions;

/// <summary>
/// A thread for the continuations of awaits in a cell. It is reused like a thread of the pool until code on it is aborted, because a second
/// abort on the same thread has no effect.
/// </summary>
#pragma warning disable CA1001 // the thread disposes of it at its end
internal sealed class ContinuationThread
#pragma warning restore CA1001
{
    private const int MaxIdle = 8;

    private static readonly ConcurrentStack<ContinuationThread> _idle = new();

    private readonly AutoResetEvent _ready = new(false);
    private Action? _work;

    private ContinuationThread() => new Thread(Work) { IsBackground = true, Name = "cell, after an await" }.Start();

    /// <summary>Runs an action on a continuation thread and returns immediately.</summary>
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
            if (CellExecution.HasAbortedHere || _idle.Count >= MaxIdle)
                break;
            _idle.Push(this);
        }
        _ready.Dispose();
    }
}
