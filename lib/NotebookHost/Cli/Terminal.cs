using NotebookHost.Sessions;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NotebookHost.Cli;

/// <summary>
/// The output of the process: in a terminal with Spectre.Console, with colors and live lines below the text; otherwise plain lines.
/// </summary>
internal sealed class Terminal
{
    private static readonly Style _dim = new(decoration: Decoration.Dim);
    private static readonly Style _bold = new(decoration: Decoration.Bold);
    private static readonly Style _red = new(Color.Red);
    private static readonly Style _green = new(Color.Green);
    private static readonly Style _yellow = new(Color.Yellow);

    private readonly TextWriter _writer;
    private readonly IAnsiConsole? _console;
    private bool _isAtLineStart = true;

    /// <param name="writer">The writer of plain lines.</param>
    /// <param name="console">The terminal; null for none.</param>
    public Terminal(TextWriter writer, IAnsiConsole? console = null)
    {
        _writer = writer;
        _console = console;
    }

    /// <summary>Gets a value that indicates whether lines can be redrawn and colored.</summary>
    public bool IsInteractive => _console is not null;

    /// <summary>Opens the standard output of the process, before cells can redirect the console.</summary>
    public static Terminal Open()
    {
        var writer = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = false };
        var isInteractive = !Console.IsOutputRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        if (!isInteractive)
            return new Terminal(writer);
        writer.AutoFlush = true;
        return new Terminal(writer, AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(writer),
        }));
    }

    public void Heading(string text) => Line(_bold, text);

    public void Note(string text) => Line(_dim, text);

    public void Warning(string text) => Line(_yellow, text);

    public void Success(string text) => Line(_green, text);

    public void Problem(string text) => Line(_red, text);

    /// <summary>Writes a line of a cell's output.</summary>
    public void Output(string line, ConsoleChannel channel) => Line(channel == ConsoleChannel.Error ? _yellow : _dim, line);

    /// <summary>Writes text immediately, without a terminal; each line begins with the indent.</summary>
    public void Stream(string text, string indent)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.AsSpan(start).IndexOfAny('\n', '\r');
            var stop = end < 0 ? text.Length : start + end;
            if (stop > start)
            {
                if (_isAtLineStart)
                    _writer.Write(indent);
                _writer.Write(text.AsSpan(start, stop - start));
                _isAtLineStart = false;
            }
            if (end >= 0)
            {
                _writer.Write(text[stop]);
                _isAtLineStart = true;
            }
            start = stop + 1;
        }
        _writer.Flush();
    }

    /// <summary>Ends a line that contains text.</summary>
    public void EndLine()
    {
        if (!_isAtLineStart)
            _writer.Write('\n');
        _isAtLineStart = true;
        _writer.Flush();
    }

    /// <summary>Writes a table in a terminal; without a terminal, nothing is written.</summary>
    public void Table(Table table) => _console?.Write(table);

    /// <summary>Shows live lines below the text until the task completes.</summary>
    /// <param name="render">A function that returns the current lines.</param>
    /// <param name="interval">The interval between updates.</param>
    /// <param name="ended">The task.</param>
    public Task ShowLiveAsync(Func<IRenderable> render, TimeSpan interval, Task ended)
        => _console is null ? Task.CompletedTask : _console.Live(render()).AutoClear(true).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
        {
            while (!ended.IsCompleted)
            {
                live.UpdateTarget(render());
                await Task.WhenAny(ended, Task.Delay(interval)).ConfigureAwait(false);
            }
        });

    private void Line(Style style, string text)
    {
        EndLine();
        if (_console is not null)
        {
            _console.Write(new Text(text + "\n", style));
            return;
        }
        _writer.Write(text);
        _writer.Write('\n');
        _writer.Flush();
    }
}
