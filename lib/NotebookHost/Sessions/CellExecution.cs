using System.Runtime;

namespace NotebookHost.Sessions;

/// <summary>
/// Runs the code of a cell so that it can be stopped at any point. As the synchronization context of the cell, it also receives the continuations of
/// awaits: each section of code, on the thread of the cell or on another thread, runs under <see cref="ControlledExecution"/>.
/// </summary>
/// <param name="onUnawaited">A function that receives exceptions of <c>async void</c> methods, which are not awaited and would end the process.</param>
internal sealed class CellExecution(Action<Exception> onUnawaited) : SynchronizationContext
{
    private const int RoundsBeforeAbort = 4;
    private static readonly TimeSpan _betweenInterrupts = TimeSpan.FromMilliseconds(20);

    [ThreadStatic]
    private static Section? _currentSection;

    [ThreadStatic]
    private static bool _hasAbortedHere;

    private readonly Action<Exception> _onUnawaited = onUnawaited;
    private readonly Lock _gate = new();
    private readonly List<Section> _running = [];
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _aborting;
    private bool _over;

    /// <summary>Whether code on this thread was aborted; a later abort of other code on the thread would have no effect.</summary>
    public static bool HasAbortedHere => _hasAbortedHere;

    /// <summary>Gets a value that indicates whether the cell's code on this thread is being stopped.</summary>
    public static bool IsStoppingHere => _currentSection?.IsStopping ?? false;

    /// <summary>Completes when <see cref="Abort"/> was called and no code of the cell runs any more.</summary>
    public Task Aborted => _aborted.Task;

    /// <summary>Runs an action that must not be interrupted, on any thread.</summary>
    /// <exception cref="OperationCanceledException">The calling code is being stopped.</exception>
    public static void RunUninterrupted(Action action)
    {
        if (_currentSection is not { } section)
        {
            action();
            return;
        }
        section.Enter();
        try
        {
            action();
        }
        finally
        {
            section.Leave();
        }
    }

    /// <summary>Runs a section of the cell's code on this thread; if the cell was aborted, nothing is run.</summary>
    public void Run(Action code)
    {
        var section = new Section(Thread.CurrentThread);
        lock (_gate)
        {
            if (_aborting)
                return;
            _running.Add(section);
        }
        var outer = Current;
        SetSynchronizationContext(this);
        _currentSection = section;
        try
        {
#pragma warning disable SYSLIB0046 // an abort can interrupt only work of the cell, which is the purpose of stopping it
            ControlledExecution.Run(() => section.Run(code), section.Aborts.Token);
#pragma warning restore SYSLIB0046
        }
        catch (Exception error) when (error is OperationCanceledException or ThreadInterruptedException && section.IsStopping)
        {
            // the cell was aborted
        }
        finally
        {
            _currentSection = null;
            SetSynchronizationContext(outer);
            section.End();
            _hasAbortedHere |= section.IsStopping;
            lock (_gate)
            {
                _running.Remove(section);
                if (_aborting && _running.Count == 0)
                    _aborted.TrySetResult();
            }
        }
    }

    /// <summary>
    /// Aborts all running sections of the cell and prevents the start of others. A section in native code ends when the native code returns.
    /// </summary>
    public void Abort()
    {
        Section[] running;
        lock (_gate)
        {
            if (_aborting || _over)
                return;
            _aborting = true;
            running = [.. _running];
            if (running.Length == 0)
                _aborted.TrySetResult();
        }
        // a separate thread for each section, because they must not wait for each other and the notebook may use all threads of the pool
        foreach (var section in running)
            new Thread(section.Stop) { IsBackground = true, Name = "stop a cell" }.Start();
    }

    /// <summary>Marks the cell as completed: remaining code of the cell is not aborted from now on.</summary>
    /// <returns>False if the cell is being aborted.</returns>
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
#pragma warning disable CA1031 // no exception may end the process
        catch (Exception error)
#pragma warning restore CA1031
        {
            _onUnawaited(error);
        }
    }

    /// <summary>A section of code of the cell that runs on a thread.</summary>
    private sealed class Section(Thread thread)
    {
        private readonly Lock _gate = new();
        // so that the surrounding code is never interrupted
        private int _protectionDepth = 1;
        private volatile bool _stopping;
        private bool _ended;

        /// <summary>Aborts the code when it is canceled. It is not disposed of, because the canceling thread may still use it.</summary>
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
        /// Ends the code: by interrupting a wait, by rejecting calls through <see cref="RunUninterrupted"/>, and only otherwise
        /// by an abort, because an abort during internal work of the runtime can end the process.
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
            if (_stopping && _protectionDepth == 0)
                throw new OperationCanceledException("The cell is being stopped");
            _protectionDepth++;
        });

        public void Leave() => Locked(() => _protectionDepth--);

        public void End() => Locked(() => _ended = true);

        private bool Interrupt(ref int rounds)
        {
            lock (_gate)
            {
                if (_ended)
                    return false;
                _stopping = true;
                if (_protectionDepth > 0)
                    return true;
                rounds++;
                if (thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin))
                    thread.Interrupt();
                return true;
            }
        }

        // the interrupt may occur while the thread waits for this lock
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
                    // the code is already being stopped
                }
            }
        }
    }
}
