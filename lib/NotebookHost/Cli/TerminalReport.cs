using NotebookHost.Running;

namespace NotebookHost.Cli;

/// <summary>
/// Shows a run in a terminal: notebook, cell, what the cell prints, how long it takes. Of notebooks that run side by side, whole lines
/// are shown as they come, each with the notebook's name before it. At a terminal the last line says what runs and for how long; in a
/// log, a line now and then says that a long cell is not stuck.
/// </summary>
internal sealed class TerminalReport : IDisposable
{
    private static readonly TimeSpan _redraw = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _signOfLife = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Terminal _terminal;
    private readonly TimeProvider _time;
    private readonly int _nameWidth;
    private readonly List<NotebookView> _running = [];
    private readonly ITimer _ticker;

    /// <param name="terminal">Where to show it.</param>
    /// <param name="time">What time it is.</param>
    /// <param name="sideBySide">The names of the notebooks, when several may run at once.</param>
    public TerminalReport(Terminal terminal, TimeProvider time, IReadOnlyList<string>? sideBySide = null)
    {
        _terminal = terminal;
        _time = time;
        _nameWidth = sideBySide?.Max(name => name.Length) ?? 0;
        var tick = terminal.IsInteractive ? _redraw : _signOfLife;
        _ticker = time.CreateTimer(_ => Tick(), state: null, tick, tick);
    }

    /// <summary>The report of one notebook.</summary>
    public IRunReport Of(NotebookJob job)
    {
        lock (_gate)
        {
            var margin = _nameWidth > 0 ? $"{job.Name.PadRight(_nameWidth)} │" : null;
            var view = new NotebookView(job.Name, new TerminalPane(_terminal, margin), _time, _gate);
            _running.Add(view);
            return view;
        }
    }

    public void Dispose() => _ticker.Dispose();

    internal static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0.0} s";

    private void Tick()
    {
        lock (_gate)
        {
            _running.RemoveAll(view => view.IsOver);
            if (!_terminal.IsInteractive)
                _running.ForEach(view => view.ShowLife(_signOfLife));
            else if (_running.Select(view => view.Status).OfType<string>().ToList() is { Count: > 0 } states)
                _terminal.Status(string.Join("  ·  ", states));
        }
    }
}
