using System.Text;
using NotebookHost.Notebooks;
using NotebookHost.Sessions;

namespace NotebookHost.Cli;

/// <summary>
/// One notebook's part of the terminal. With a margin, which several share a terminal by, and at a terminal, text waits until its line is whole.
/// </summary>
internal sealed class TerminalPane(Terminal terminal, string? margin)
{
    private readonly StringBuilder _line = new();
    private ConsoleChannel _channel;
    private string _indent = "";

    /// <summary>Gets whether others write between this one's lines.</summary>
    public bool IsShared => margin is not null;

    private bool Waits => IsShared || terminal.IsInteractive;

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

    /// <summary>Writes text; each of its lines begins with the indent.</summary>
    public void Write(string text, string indent, ConsoleChannel channel = ConsoleChannel.Output)
    {
        if (!Waits)
        {
            terminal.Stream(text, indent);
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
        var lines = _line.ToString(0, _line.Length - rest - 1);
        _line.Remove(0, lines.Length + 1);
        WriteLines(lines);
    }

    /// <summary>Ends a line that has text in it.</summary>
    public void EndLine()
    {
        if (_line.Length > 0)
            WriteLines(_line.ToString());
        _line.Clear();
        if (!Waits)
            terminal.EndLine();
    }

    private void WriteLines(string lines)
    {
        foreach (var line in TerminalText.Settle(lines).Split('\n'))
            terminal.Output(margin + _indent + line, _channel);
    }
}
