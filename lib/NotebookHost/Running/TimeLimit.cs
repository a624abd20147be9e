using System.Globalization;
using NotebookHost.Processes;
using NotebookHost.Sessions;

namespace NotebookHost.Running;

/// <summary>A time limit of a cell or a notebook, which starts at creation.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly TimeSpan? _time;
    private readonly string _what;

    private TimeLimit(CancellationTokenSource source, TimeSpan? time, string what)
    {
        _source = source;
        _time = time;
        _what = what;
    }

    /// <summary>Gets a token that is canceled when the limit is reached.</summary>
    public CancellationToken Token => _source.Token;

    public bool IsExceeded => _source.IsCancellationRequested;

    /// <param name="time">The limit; null for none.</param>
    /// <param name="what">The name in the message, "cell" or "notebook".</param>
    /// <param name="clock">The clock.</param>
    public static TimeLimit After(TimeSpan? time, string what, TimeProvider clock)
        => new(time is { } span ? new CancellationTokenSource(span, clock) : new CancellationTokenSource(), time, what);

    public void Dispose() => _source.Dispose();

    /// <summary>Returns the error of the cell that ran when the limit was reached.</summary>
    public CellError Error(CellOutcome outcome, ICellHost host)
    {
        var seconds = _time!.Value.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        var message = $"The {_what} ran longer than its limit of {seconds} s"
            + (host.IsAlive ? "." : $"; it did not stop on request, so {host.ForcedStopResult}.");
        var name = _what == "cell" ? RunErrors.CellTimeLimit : RunErrors.NotebookTimeLimit;
        return new CellError(name, message, outcome.Error?.Line, [message, .. outcome.Error?.Traceback ?? []]);
    }
}
