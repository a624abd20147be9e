using NotebookHost.Sessions;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NotebookHost.Cli;

/// <summary>
/// The process's output: at a terminal by Spectre.Console, with colors and lines below the text that are redrawn; otherwise plain lines.
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

    /// <param name="writer">Where plain lines go.</param>
    /// <param name="console">The terminal; null where there is none.</param>
    public Terminal(TextWriter writer, IAnsiConsole? console = null)
    {
        _writer = writer;
        _console = console;
    }

    /// <summary>Gets whether lines can be redrawn and colored.</summary>
    public bool IsInteractive => _console is not null;

    /// <summary>Opens the process's own output, as it was before cells could redirect the console.</summary>
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

    /// <summary>Writes a line of what a cell wrote.</summary>
    public void Output(string line, ConsoleChannel channel) => Line(channel == ConsoleChannel.Error ? _yellow : _dim, line);

    /// <summary>Writes text as it comes, where there is no terminal; each of its lines begins with the indent.</summary>
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

    /// <summary>Ends a line that has text in it.</summary>
    public void EndLine()
    {
        if (!_isAtLineStart)
            _writer.Write('\n');
        _isAtLineStart = true;
        _writer.Flush();
    }

    /// <summary>Writes a table, or where there is no terminal nothing.</summary>
    public void Table(Table table) => _console?.Write(table);

    /// <summary>Shows lines below the text that are redrawn until the task ends.</summary>
    /// <param name="render">Returns the lines as they are now.</param>
    /// <param name="interval">How often they are redrawn.</param>
    /// <param name="ended">Ends when nothing is to be shown any more.</param>
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
