using System.Text;
using NotebookHost.Notebooks;
using NotebookHost.Sessions;

namespace NotebookHost.Cli;

/// <summary>
/// The output of one notebook in the terminal. In a terminal, and with a margin, which separates notebooks that share the output, incomplete lines are buffered.
/// </summary>
internal sealed class TerminalPane(Terminal terminal, string? margin)
{
    private readonly StringBuilder _line = new();
    private ConsoleChannel _channel;
    private string _indent = "";

    /// <summary>Gets a value that indicates whether other notebooks write between the lines of this one.</summary>
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

    /// <summary>Writes text; each line begins with the indent.</summary>
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

    /// <summary>Ends a line that contains text.</summary>
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
