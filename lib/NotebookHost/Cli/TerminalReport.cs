using NotebookHost.Display;
using NotebookHost.Notebooks;
using NotebookHost.Running;
using NotebookHost.Sessions;

namespace NotebookHost.Cli;

/// <summary>Shows a run in a terminal: notebook, cell, what the cell prints, how long it takes.</summary>
internal sealed class TerminalReport : IRunReport, IDisposable
{
    private const string CellIndent = "  ";
    private const string OutputIndent = "      ";
    private const int LongestCodeLine = 70;

    // a result may be a table of thousands of lines; the copy has them all
    private const int LongestResult = 40;

    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _worthTelling = TimeSpan.FromSeconds(0.1);

    private readonly Lock _gate = new();
    private readonly Terminal _terminal;
    private readonly TimeProvider _time;
    private readonly ITimer? _ticker;
    private readonly Dictionary<string, string> _updates = new(StringComparer.Ordinal);
    private int _cellCount;
    private int _cell;
    private long? _cellStarted;

    public TerminalReport(Terminal terminal, TimeProvider time)
    {
        _terminal = terminal;
        _time = time;
        if (terminal.IsInteractive)
            _ticker = time.CreateTimer(_ => DrawStatus(), state: null, _tick, _tick);
    }

    public void NotebookStarted(string name, int cellCount)
    {
        lock (_gate)
        {
            _cellCount = cellCount;
            _terminal.Heading(name);
        }
    }

    public void CellStarted(int number, NotebookCell cell)
    {
        var lines = cell.Source.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var code = lines.FirstOrDefault(line => !line.StartsWith("//", StringComparison.Ordinal)) ?? lines[0];
        if (code.Length > LongestCodeLine)
            code = code[..LongestCodeLine] + "…";
        lock (_gate)
        {
            _cell = number;
            _cellStarted = _time.GetTimestamp();
            _terminal.EndLine();
            _terminal.Indented($"cell {number}/{_cellCount}  {code}\n", CellIndent);
        }
    }

    public void Text(ConsoleChannel channel, string text)
    {
        lock (_gate)
            _terminal.Indented(text, OutputIndent, channel);
    }

    public void Shown(string? displayId, MimeBundle bundle)
    {
        lock (_gate)
            Print(bundle.PlainText);
    }

    public void Updated(string displayId, MimeBundle bundle)
    {
        // a progress display changes many times a second; its last state is printed when the cell ends
        lock (_gate)
            _updates[displayId] = bundle.PlainText;
    }

    public void CellFinished(TimeSpan elapsed, CellError? failure)
    {
        lock (_gate)
        {
            _cellStarted = null;
            _terminal.EndLine();
            foreach (var text in _updates.Values)
                Print(text);
            _updates.Clear();
            foreach (var line in failure?.Traceback ?? [])
                _terminal.Problem(OutputIndent + line);
            if (elapsed >= _worthTelling)
                _terminal.Note($"{OutputIndent}{Seconds(elapsed)}");
        }
    }

    public void NotebookFinished(NotebookResult result)
    {
        lock (_gate)
            _terminal.EndLine();
    }

    public void Dispose() => _ticker?.Dispose();

    internal static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0.0} s";

    private void Print(string text)
    {
        _terminal.EndLine();
        var lines = text.TrimEnd('\n').Split('\n');
        foreach (var line in lines.Take(LongestResult))
            _terminal.Indented(line + "\n", OutputIndent);
        if (lines.Length > LongestResult)
            _terminal.Indented($"… {lines.Length - LongestResult} more lines\n", OutputIndent);
    }

    private void DrawStatus()
    {
        lock (_gate)
        {
            if (_cellStarted is not { } started)
                return;
            var latest = _updates.Values.LastOrDefault()?.Split('\n')[0] ?? "";
            _terminal.Status($"{OutputIndent}cell {_cell}/{_cellCount}  {Seconds(_time.GetElapsedTime(started))}  {latest}");
        }
    }
}
