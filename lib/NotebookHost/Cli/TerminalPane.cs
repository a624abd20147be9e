using System.Text;
using NotebookHost.Sessions;

namespace NotebookHost.Cli;

/// <summary>
/// One notebook's part of the terminal. With a margin, which several share a terminal by, text waits until its line is whole.
/// </summary>
internal sealed class TerminalPane(Terminal terminal, string? margin)
{
    private readonly StringBuilder _line = new();
    private ConsoleChannel _channel;
    private string _indent = "";

    /// <summary>Whether others write between this one's lines.</summary>
    public bool IsShared => margin is not null;

    public void Heading(string text)
    {
        EndLine();
        terminal.Heading(margin is null ? text : $"{margin} {text}");
    }

    public void Note(string text)
    {
        EndLine();
        terminal.Note(margin + text);
    }

    public void Problem(string text)
    {
        EndLine();
        terminal.Problem(margin + text);
    }

    /// <summary>Writes text as it comes; each of its lines begins with the indent.</summary>
    public void Write(string text, string indent, ConsoleChannel channel = ConsoleChannel.Output)
    {
        if (margin is null)
        {
            terminal.Indented(text, indent, channel);
            return;
        }
        if (channel != _channel)
            EndLine();
        (_channel, _indent) = (channel, indent);
        _line.Append(text);
        var whole = text.LastIndexOf('\n');
        if (whole < 0)
            return;
        var rest = text.Length - whole - 1;
        var lines = _line.ToString(0, _line.Length - rest);
        _line.Remove(0, lines.Length);
        terminal.Indented(LastOfRedrawn(lines), margin + indent, channel);
    }

    /// <summary>Ends a line that has text in it.</summary>
    public void EndLine()
    {
        if (_line.Length > 0)
            terminal.Indented(LastOfRedrawn(_line.ToString()) + "\n", margin + _indent, _channel);
        _line.Clear();
        if (margin is null)
            terminal.EndLine();
    }

    // A line that draws itself over and over, with \r, is its last state
    private static string LastOfRedrawn(string lines)
        => lines.Contains('\r', StringComparison.Ordinal)
            ? string.Join('\n', lines.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd('\r').Split('\r')[^1]))
            : lines;
}
