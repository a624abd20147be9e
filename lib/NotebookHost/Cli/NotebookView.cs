using NotebookHost.Display;
using NotebookHost.Notebooks;
using NotebookHost.Running;
using NotebookHost.Sessions;

namespace NotebookHost.Cli;

/// <summary>Shows the run of one notebook.</summary>
/// <param name="progress">The progress of the run.</param>
/// <param name="count">The number of notebooks.</param>
/// <param name="pane">The part of the terminal.</param>
/// <param name="gate">The lock for writing to the terminal.</param>
internal sealed class NotebookView(NotebookProgress progress, int count, TerminalPane pane, Lock gate) : IRunReport
{
    private const string CellIndent = "  ";
    private const string OutputIndent = "      ";

    // a result may be a table with thousands of lines; the copy contains all of them
    private const int MaxResultLines = 40;

    // the output of a loop may be endless
    private const int MaxCharacters = 100_000;
    private const int MaxLines = 2_000;

    private static readonly TimeSpan _worthTelling = TimeSpan.FromSeconds(0.1);

    private readonly Dictionary<string, string> _updates = new(StringComparer.Ordinal);
    private int _charactersLeft;
    private int _linesLeft;
    private bool _isCapped;
    private NotebookCell? _cell;

    /// <summary>Gets the progress of the run.</summary>
    public NotebookProgress Progress => progress;

    /// <summary>Gets the last line of an output that the cell updates; null for none.</summary>
    public string? LatestLine => _updates.Values.LastOrDefault()?.Split('\n').LastOrDefault(line => !string.IsNullOrWhiteSpace(line))?.Trim();

    /// <summary>Writes that a cell is still running, unless it started recently.</summary>
    public void ShowLife(TimeSpan moment)
    {
        if (progress.CellElapsed is not { } elapsed || elapsed < moment)
            return;
        var left = progress.Left is { Ticks: > 0 } rest ? $"; about {TerminalReport.Duration(rest)} left" : "";
        pane.Note($"{OutputIndent}… cell {progress.Cell}/{progress.CellCount} has run for {TerminalReport.Seconds(elapsed)}{left}");
    }

    public void NotebookStarted(string name, int cellCount)
    {
        lock (gate)
        {
            progress.Start();
            var title = progress.Title.Length > 0 ? $"  {progress.Title}" : "";
            var place = count > 1 ? $"{progress.Number} of {count}  " : "";
            pane.Heading(pane.IsShared ? $"started: {place}{cellCount} cells{title}" : $"{place}{name}{title}");
        }
    }

    public void CellStarted(int number, NotebookCell cell)
    {
        lock (gate)
        {
            _cell = cell;
            (_charactersLeft, _linesLeft, _isCapped) = (MaxCharacters, MaxLines, false);
            progress.StartCell(number, CellTitle.Of(cell));
            pane.EndLine();
            pane.Write($"cell {number}/{progress.CellCount}  {progress.CellName}\n", CellIndent);
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
        // a progress output changes many times per second; its last state is printed at the end of the cell
        lock (gate)
            _updates[displayId] = bundle.PlainText;
    }

    public void CellFinished(TimeSpan elapsed, CellError? failure)
    {
        lock (gate)
        {
            progress.EndCell();
            pane.EndLine();
            foreach (var text in _updates.Values)
                Print(text);
            _updates.Clear();
            foreach (var line in failure?.Traceback ?? [])
                pane.Problem(OutputIndent + line);
            if (failure is { Line: { } failed })
                PointAt(failed, failure);
            if (elapsed >= _worthTelling)
                pane.Note($"{OutputIndent}{TerminalReport.Seconds(elapsed)}");
        }
    }

    public void NotebookFinished(NotebookResult result)
    {
        lock (gate)
        {
            progress.End();
            pane.EndLine();
            if (pane.IsShared)
            {
                var end = result.Status switch
                {
                    RunStatus.Succeeded => "completed",
                    RunStatus.Failed => "failed",
                    _ => "was interrupted",
                };
                pane.Heading($"{end} after {TerminalReport.Seconds(result.Duration)}");
            }
        }
    }

    /// <summary>Writes text up to the limit of the console per cell; the copy contains the rest.</summary>
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
        pane.Note($"{OutputIndent}… the rest of this cell's text is only in the executed copy");
    }

    /// <summary>Shows the line of an error in a cell with a caret below the code.</summary>
    private void PointAt(int number, CellError failure)
    {
        // errors of the compiler already contain lines and carets
        if (_cell is null || failure.Traceback.Any(line => line.Trim() == "^") || _cell.Source.Split('\n').ElementAtOrDefault(number - 1) is not { } code
            || string.IsNullOrWhiteSpace(code))
            return;
        var margin = new string(' ', $"{number}".Length);
        var indent = code.Length - code.TrimStart().Length;
        pane.Problem($"{OutputIndent}{number} │ {code.TrimEnd()}");
        pane.Problem($"{OutputIndent}{margin} │ {new string(' ', indent)}^");
    }

    private void Print(string text)
    {
        if (!_isCapped)
            pane.EndLine();
        var lines = text.TrimEnd('\n').Split('\n');
        var shown = string.Concat(lines.Take(MaxResultLines).Select(line => line + "\n"));
        WriteCapped(lines.Length > MaxResultLines ? $"{shown}… {lines.Length - MaxResultLines} more lines\n" : shown, ConsoleChannel.Output);
    }
}
