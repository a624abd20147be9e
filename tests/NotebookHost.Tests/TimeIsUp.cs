namespace NotebookHost.Tests;

/// <summary>A clock whose timers fire when a test says so, all at once, and never before; those made later fire as they are made.</summary>
internal sealed class TimeIsUp : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private bool _isUp;

    /// <summary>Fires every timer.</summary>
    public void Now()
    {
        List<Timer> timers;
        lock (_gate)
        {
            _isUp = true;
            timers = [.. _timers];
        }
        timers.ForEach(timer => timer.Fire());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(callback, state);
        if (dueTime != Timeout.InfiniteTimeSpan)
            Start(timer);
        return timer;
    }

    private void Start(Timer timer)
    {
        lock (_gate)
        {
            _timers.Add(timer);
            if (!_isUp)
                return;
        }
        timer.Fire();
    }

    private sealed class Timer(TimerCallback callback, object? state) : ITimer
    {
        private volatile bool _isOver;

        public void Fire() => ThreadPool.QueueUserWorkItem(_ =>
        {
            if (!_isOver)
                callback(state);
        });

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => _isOver = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
