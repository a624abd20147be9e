using NotebookHost.Display;
using NotebookHost.Notebooks;
using NotebookHost.Running;
using NotebookHost.Sessions;

namespace NotebookHost.Cli;

/// <summary>Shows one notebook's run in its part of the terminal.</summary>
internal sealed class NotebookView(string name, TerminalPane pane, TimeProvider time, Lock gate) : IRunReport
{
    private const string CellIndent = "  ";
    private const string OutputIndent = "      ";

    // a result may be a table of thousands of lines; the copy has them all
    private const int LongestResult = 40;

    // a loop may print for ever
    private const int MostCharacters = 100_000;
    private const int MostLines = 2_000;

    private static readonly TimeSpan _worthTelling = TimeSpan.FromSeconds(0.1);

    private readonly Dictionary<string, string> _updates = new(StringComparer.Ordinal);
    private int _charactersLeft;
    private int _linesLeft;
    private bool _isCapped;
    private int _cellCount;
    private int _cell;
    private long? _cellStarted;

    /// <summary>Whether the notebook has ended.</summary>
    public bool IsOver { get; private set; }

    /// <summary>What runs and for how long; null between cells.</summary>
    public string? Status
    {
        get
        {
            if (Elapsed is not { } elapsed)
                return null;
            var latest = _updates.Values.LastOrDefault()?.Split('\n')[0];
            return pane.IsShared || latest is null ? $"{Place} {TerminalReport.Seconds(elapsed)}" : $"{Place} {TerminalReport.Seconds(elapsed)}  {latest}";
        }
    }

    private TimeSpan? Elapsed => _cellStarted is { } started ? time.GetElapsedTime(started) : null;

    private string Place => pane.IsShared ? $"{name} {_cell}/{_cellCount}" : $"{OutputIndent}{name}  cell {_cell}/{_cellCount} ";

    /// <summary>Says that a cell still runs, unless it began only a moment ago.</summary>
    public void ShowLife(TimeSpan moment)
    {
        if (Elapsed is { } elapsed && elapsed >= moment)
            pane.Note($"{OutputIndent}… cell {_cell}/{_cellCount} has run for {TerminalReport.Seconds(elapsed)}");
    }

    public void NotebookStarted(string name, int cellCount)
    {
        lock (gate)
        {
            _cellCount = cellCount;
            pane.Heading(pane.IsShared ? $"starts: {cellCount} cells" : name);
        }
    }

    public void CellStarted(int number, NotebookCell cell)
    {
        lock (gate)
        {
            _cell = number;
            (_charactersLeft, _linesLeft, _isCapped) = (MostCharacters, MostLines, false);
            _cellStarted = time.GetTimestamp();
            pane.EndLine();
            pane.Write($"cell {number}/{_cellCount}  {CellTitle.Of(cell)}\n", CellIndent);
        }
    }

    public void Text(ConsoleChannel channel, string text)
    {
        lock (gate)
            WriteCapped(text, channel);
    }

    public void Shown(string? displayId, MimeBundle bundle)
    {
        lock (gate)
            Print(bundle.PlainText);
    }

    public void Updated(string displayId, MimeBundle bundle)
    {
        // a progress display changes many times a second; its last state is printed when the cell ends
        lock (gate)
            _updates[displayId] = bundle.PlainText;
    }

    public void CellFinished(TimeSpan elapsed, CellError? failure)
    {
        lock (gate)
        {
            _cellStarted = null;
            pane.EndLine();
            foreach (var text in _updates.Values)
                Print(text);
            _updates.Clear();
            foreach (var line in failure?.Traceback ?? [])
                pane.Problem(OutputIndent + line);
            if (elapsed >= _worthTelling)
                pane.Note($"{OutputIndent}{TerminalReport.Seconds(elapsed)}");
        }
    }

    public void NotebookFinished(NotebookResult result)
    {
        lock (gate)
        {
            IsOver = true;
            pane.EndLine();
            if (pane.IsShared)
            {
                var end = result.Status switch
                {
                    RunStatus.Succeeded => "ran to the end",
                    RunStatus.Failed => "failed",
                    _ => "was interrupted",
                };
                pane.Heading($"{end} after {TerminalReport.Seconds(result.Duration)}");
            }
        }
    }

    /// <summary>Writes text until the cell has written as much as the console shows of a cell; the copy has the rest.</summary>
    private void WriteCapped(string text, ConsoleChannel channel)
    {
        if (_isCapped)
            return;
        var length = Math.Min(text.Length, _charactersLeft);
        for (var newline = text.IndexOf('\n', 0, length); newline >= 0; newline = text.IndexOf('\n', newline + 1, length - newline - 1))
        {
            if (--_linesLeft < 0)
            {
                length = newline;
                break;
            }
        }
        _charactersLeft -= length;
        pane.Write(text[..length], OutputIndent, channel);
        if (length == text.Length)
            return;
        _isCapped = true;
        pane.Note($"{OutputIndent}… the rest of this cell's text is not shown here; the executed copy has it");
    }

    private void Print(string text)
    {
        if (!_isCapped)
            pane.EndLine();
        var lines = text.TrimEnd('\n').Split('\n');
        var shown = string.Concat(lines.Take(LongestResult).Select(line => line + "\n"));
        WriteCapped(lines.Length > LongestResult ? $"{shown}… {lines.Length - LongestResult} more lines\n" : shown, ConsoleChannel.Output);
    }
}
