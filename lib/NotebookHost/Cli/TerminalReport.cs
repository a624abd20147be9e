using NotebookHost.Running;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NotebookHost.Cli;

/// <summary>
/// Shows a run in a terminal: the notebook, the cells, their output and their durations. For notebooks that run in parallel, complete lines
/// are shown immediately, each with the name of the notebook. In a terminal, live lines show the running notebooks, the elapsed time and the estimated
/// remaining time; in a log, lines at intervals show that a long cell is still running.
/// </summary>
internal sealed class TerminalReport : IDisposable
{
    private const int BarWidth = 16;

    private static readonly TimeSpan _redraw = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _signOfLife = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Terminal _terminal;
    private readonly TimeProvider _time;
    private readonly int _nameWidth;
    private readonly List<NotebookView> _views = [];
    private readonly List<NotebookProgress> _progress;
    private readonly ITimer? _ticker;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _live;
    private readonly long _started;

    /// <param name="terminal">The terminal.</param>
    /// <param name="time">The clock.</param>
    /// <param name="jobs">The notebooks.</param>
    /// <param name="outputFolder">The folder of the copies of previous runs.</param>
    /// <param name="sideBySide">Whether several notebooks run in parallel.</param>
    public TerminalReport(Terminal terminal, TimeProvider time, IReadOnlyList<NotebookJob> jobs, string outputFolder, bool sideBySide)
    {
        _terminal = terminal;
        _time = time;
        _nameWidth = sideBySide ? jobs.Max(job => job.Name.Length) : 0;
        _started = time.GetTimestamp();
        _progress = [.. jobs.Select((job, i) => new NotebookProgress(job, i + 1, EarlierRun.Read(Path.Combine(outputFolder, job.CopyName)), time))];
        if (!terminal.IsInteractive)
            _ticker = time.CreateTimer(_ => ShowLife(), state: null, _signOfLife, _signOfLife);
        _live = terminal.ShowLiveAsync(Render, _redraw, _ended.Task);
    }

    /// <summary>Returns the report of a notebook.</summary>
    public IRunReport Of(NotebookJob job)
    {
        lock (_gate)
        {
            var margin = _nameWidth > 0 ? $"{job.Name.PadRight(_nameWidth)} │" : null;
            var view = new NotebookView(_progress.First(progress => progress.Name == job.Name), _progress.Count, new TerminalPane(_terminal, margin), _gate);
            _views.Add(view);
            return view;
        }
    }

    public void Dispose()
    {
        _ticker?.Dispose();
        _ended.TrySetResult();
        _live.Wait();
    }

    internal static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0.0} s";

    /// <summary>Returns the text of an estimated duration.</summary>
    internal static string Duration(TimeSpan time) => time.TotalSeconds < 90 ? $"{Math.Ceiling(time.TotalSeconds):0} s" : $"{time.TotalMinutes:0} min";

    /// <summary>Returns the live lines.</summary>
    internal IRenderable Render()
    {
        lock (_gate)
        {
            var table = new Table().NoBorder().HideHeaders().AddColumns("", "", "", "", "");
            foreach (var view in _views.Where(view => view.Progress.IsRunning))
            {
                var progress = view.Progress;
                table.AddRow(
                    new Text(progress.Name, new Style(decoration: Decoration.Bold)),
                    Bar(progress.Cell - (progress.CellElapsed is null ? 0 : 1), progress.CellCount),
                    new Text(progress.Cell == 0 ? "starts" : $"cell {progress.Cell} of {progress.CellCount}"),
                    new Text(Times(progress.CellElapsed ?? TimeSpan.Zero, progress.Left)),
                    new Text(view.LatestLine ?? progress.CellName, new Style(decoration: Decoration.Dim)) { Overflow = Overflow.Ellipsis });
            }
            if (_progress.Count > 1)
            {
                var ended = _progress.Count(progress => progress.HasEnded);
                table.AddRow(
                    new Text($"{ended} of {_progress.Count} notebooks"), Bar(ended, _progress.Count), new Text(""), new Text(Times(_time.GetElapsedTime(_started), Left())), new Text(""));
            }
            return table;
        }
    }

    private static string Times(TimeSpan elapsed, TimeSpan? left) => left is { Ticks: > 0 } rest ? $"{Seconds(elapsed)}, about {Duration(rest)} left" : Seconds(elapsed);

    private static Markup Bar(int done, int all)
    {
        var filled = all == 0 ? 0 : Math.Clamp(BarWidth * done / all, 0, BarWidth);
        return new Markup($"[green]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/]");
    }

    // notebooks that run in parallel share the total
    private TimeSpan? Left()
    {
        var left = _progress.Select(progress => progress.Left).ToList();
        if (left.Any(time => time is null))
            return null;
        var together = Math.Max(1, _progress.Count(progress => progress.IsRunning));
        return new TimeSpan(left.Sum(time => time!.Value.Ticks) / together);
    }

    private void ShowLife()
    {
        lock (_gate)
        {
            foreach (var view in _views.Where(view => view.Progress.IsRunning))
                view.ShowLife(_signOfLife);
        }
    }
}
