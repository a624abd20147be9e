using System.Globalization;
using NotebookHost.Processes;
using NotebookHost.Sessions;

namespace NotebookHost.Running;

/// <summary>How long a cell or a notebook may take, counted from now.</summary>
internal sealed class Limit : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly TimeSpan? _time;
    private readonly string _what;

    private Limit(CancellationTokenSource source, TimeSpan? time, string what)
    {
        _source = source;
        _time = time;
        _what = what;
    }

    /// <summary>Asks to stop when the time is up.</summary>
    public CancellationToken Token => _source.Token;

    public bool IsExceeded => _source.IsCancellationRequested;

    /// <param name="time">How long; null: for ever.</param>
    /// <param name="what">What takes so long, "cell" or "notebook".</param>
    /// <param name="clock">What measures the time.</param>
    public static Limit After(TimeSpan? time, string what, TimeProvider clock)
        => new(time is { } span ? new CancellationTokenSource(span, clock) : new CancellationTokenSource(), time, what);

    public void Dispose() => _source.Dispose();

    /// <summary>The error of the cell that ran when the time was up.</summary>
    public CellError Error(CellOutcome outcome, ICellHost host)
    {
        var seconds = _time!.Value.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        var message = $"The {_what} ran longer than its limit of {seconds} s"
            + (host.IsAlive ? "." : $"; it did not stop when asked, so {host.Abandonment}.");
        var name = _what == "cell" ? RunErrors.CellTimeLimit : RunErrors.NotebookTimeLimit;
        return new CellError(name, message, outcome.Error?.Line, [message, .. outcome.Error?.Traceback ?? []]);
    }
}
