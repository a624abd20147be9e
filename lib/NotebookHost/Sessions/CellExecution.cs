using System.Runtime;

namespace NotebookHost.Sessions;

/// <summary>
/// Runs one cell's code so that it can be stopped wherever it is. As the cell's synchronization context it gets hold of what follows an
/// await too: each stretch of code, on the cell's thread or on another, runs under <see cref="ControlledExecution"/>.
/// </summary>
/// <param name="onUnawaited">Takes what an <c>async void</c> method threw: nobody awaits it, and it would end the process.</param>
internal sealed class CellExecution(Action<Exception> onUnawaited) : SynchronizationContext
{
    private const int RoundsBeforeAbort = 4;
    private static readonly TimeSpan _betweenInterrupts = TimeSpan.FromMilliseconds(20);

    [ThreadStatic]
    private static Stretch? _stretchHere;

    [ThreadStatic]
    private static bool _hasAbortedHere;

    private readonly Action<Exception> _onUnawaited = onUnawaited;
    private readonly Lock _gate = new();
    private readonly List<Stretch> _running = [];
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _aborting;
    private bool _over;

    /// <summary>Whether code on this thread was aborted; a later abort of other code on it would not come through.</summary>
    public static bool HasAbortedHere => _hasAbortedHere;

    /// <summary>Gets whether the cell's code on this thread is being stopped.</summary>
    public static bool IsStoppingHere => _stretchHere?.IsStopping ?? false;

    /// <summary>Ends when <see cref="Abort"/> was called and none of the cell's code runs any more.</summary>
    public Task Aborted => _aborted.Task;

    /// <summary>Does something that must not be left half done, on whatever thread.</summary>
    /// <exception cref="OperationCanceledException">The code that asks for it is being stopped.</exception>
    public static void Shield(Action action)
    {
        if (_stretchHere is not { } stretch)
        {
            action();
            return;
        }
        stretch.Enter();
        try
        {
            action();
        }
        finally
        {
            stretch.Leave();
        }
    }

    /// <summary>Runs a stretch of the cell's code on this thread, and nothing when the cell is aborted.</summary>
    public void Run(Action code)
    {
        var stretch = new Stretch(Thread.CurrentThread);
        lock (_gate)
        {
            if (_aborting)
                return;
            _running.Add(stretch);
        }
        var outer = Current;
        SetSynchronizationContext(this);
        _stretchHere = stretch;
        try
        {
#pragma warning disable SYSLIB0046 // what it may leave behind is the cell's own half-done work, which is what stopping it means
            ControlledExecution.Run(() => stretch.Run(code), stretch.Aborts.Token);
#pragma warning restore SYSLIB0046
        }
        catch (Exception error) when (error is OperationCanceledException or ThreadInterruptedException && stretch.IsStopping)
        {
            // the cell was aborted
        }
        finally
        {
            _stretchHere = null;
            SetSynchronizationContext(outer);
            stretch.End();
            _hasAbortedHere |= stretch.IsStopping;
            lock (_gate)
            {
                _running.Remove(stretch);
                if (_aborting && _running.Count == 0)
                    _aborted.TrySetResult();
            }
        }
    }

    /// <summary>
    /// Ends every stretch of the cell that runs, and lets none start. A stretch in native code ends when that returns.
    /// </summary>
    public void Abort()
    {
        Stretch[] running;
        lock (_gate)
        {
            if (_aborting || _over)
                return;
            _aborting = true;
            running = [.. _running];
            if (running.Length == 0)
                _aborted.TrySetResult();
        }
        // a thread for each, for none must wait for another, and the notebook's work may occupy the pool
        foreach (var stretch in running)
            new Thread(stretch.Stop) { IsBackground = true, Name = "stop a cell" }.Start();
    }

    /// <summary>Says that the cell has ended by itself: what it left running is not aborted from now on.</summary>
    /// <returns>False when it is being aborted instead.</returns>
    public bool TryEnd()
    {
        lock (_gate)
            return _over = !_aborting;
    }

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state) => ContinuationThread.Run(() => RunPosted(d, state));

    private void RunPosted(SendOrPostCallback work, object? state)
    {
        try
        {
            Run(() => work(state));
        }
#pragma warning disable CA1031 // whatever it is, it must not end the process
        catch (Exception error)
#pragma warning restore CA1031
        {
            _onUnawaited(error);
        }
    }

    /// <summary>Some code of the cell that runs on a thread.</summary>
    private sealed class Stretch(Thread thread)
    {
        private readonly Lock _gate = new();
        // so that what surrounds the code is never interrupted
        private int _shields = 1;
        private volatile bool _stopping;
        private bool _ended;

        /// <summary>Aborts the code when cancelled. Not disposed: the thread that cancels may still be using it.</summary>
        public CancellationTokenSource Aborts { get; } = new();

        public bool IsStopping => _stopping;

        public void Run(Action code)
        {
            try
            {
                Leave();
                code();
            }
            finally
            {
                End();
            }
        }

        /// <summary>
        /// Ends the code: by waking it where it waits, by refusing it what goes through <see cref="Shield"/>, and only when it does
        /// neither by aborting it. An abort in the midst of the runtime's own work can end the process.
        /// </summary>
        public void Stop()
        {
            var rounds = 0;
            while (Interrupt(ref rounds))
            {
                if (rounds == RoundsBeforeAbort)
                    new Thread(Aborts.Cancel) { IsBackground = true, Name = "abort a cell" }.Start();
                Thread.Sleep(_betweenInterrupts);
            }
        }

        public void Enter() => Locked(() =>
        {
            if (_stopping && _shields == 0)
                throw new OperationCanceledException("The cell is being stopped");
            _shields++;
        });

        public void Leave() => Locked(() => _shields--);

        public void End() => Locked(() => _ended = true);

        private bool Interrupt(ref int rounds)
        {
            lock (_gate)
            {
                if (_ended)
                    return false;
                _stopping = true;
                if (_shields > 0)
                    return true;
                rounds++;
                if (thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin))
                    thread.Interrupt();
                return true;
            }
        }

        // The interrupt may come while the thread waits for this very lock
        private void Locked(Action action)
        {
            while (true)
            {
                try
                {
                    lock (_gate)
                    {
                        action();
                        return;
                    }
                }
                catch (ThreadInterruptedException)
                {
                    // it is being stopped, and will be
                }
            }
        }
    }
}
