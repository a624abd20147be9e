using NotebookHost.Sessions;

namespace NotebookHost.Cli;

/// <summary>
/// The terminal, or the file or pipe in its place: indented text in pieces as they come, and at a terminal one status line below it.
/// </summary>
internal sealed class Terminal(TextWriter writer, bool isInteractive)
{
    private const string Dim = "\e[2m";
    private const string Bold = "\e[1m";
    private const string Red = "\e[31m";
    private const string Green = "\e[32m";
    private const string Yellow = "\e[33m";
    private const string Plain = "\e[0m";
    private const string EraseLine = "\r\e[2K";

    private bool _atLineStart = true;
    private bool _statusShown;

    /// <summary>The process's own output, as it was before cells could redirect the console.</summary>
    public static Terminal Open()
    {
        var interactive = !Console.IsOutputRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        return new Terminal(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = false }, interactive);
    }

    /// <summary>Whether lines can be redrawn and coloured.</summary>
    public bool IsInteractive => isInteractive;

    public void Heading(string text) => Line(Bold, text);

    public void Note(string text) => Line(Dim, text);

    public void Warning(string text) => Line(Yellow, text);

    public void Success(string text) => Line(Green, text);

    public void Problem(string text) => Line(Red, text);

    /// <summary>Writes text as it comes; each of its lines begins with the indent.</summary>
    public void Indented(string text, string indent, ConsoleChannel channel = ConsoleChannel.Output)
    {
        ClearStatus();
        var colour = channel == ConsoleChannel.Error ? Yellow : Dim;
        for (var start = 0; start < text.Length;)
        {
            var end = text.AsSpan(start).IndexOfAny('\n', '\r');
            var stop = end < 0 ? text.Length : start + end;
            if (stop > start)
            {
                if (_atLineStart)
                    writer.Write(indent);
                Coloured(colour, text.AsSpan(start, stop - start));
                _atLineStart = false;
            }
            if (end >= 0)
            {
                writer.Write(text[stop]);
                _atLineStart = true;
            }
            start = stop + 1;
        }
        writer.Flush();
    }

    /// <summary>Ends a line that has text in it.</summary>
    public void EndLine()
    {
        ClearStatus();
        if (!_atLineStart)
            writer.Write('\n');
        _atLineStart = true;
        writer.Flush();
    }

    /// <summary>Draws the status line, unless text stands in its place.</summary>
    public void Status(string text)
    {
        if (!isInteractive || !_atLineStart)
            return;
        // a line that wraps cannot be erased
        var room = Console.WindowWidth - 1;
        writer.Write(EraseLine);
        Coloured(Dim, room > 0 && text.Length > room ? text.AsSpan(0, room) : text);
        writer.Flush();
        _statusShown = true;
    }

    private void Line(string colour, string text)
    {
        EndLine();
        Coloured(colour, text);
        writer.Write('\n');
        writer.Flush();
    }

    private void ClearStatus()
    {
        if (_statusShown)
            writer.Write(EraseLine);
        _statusShown = false;
    }

    private void Coloured(string colour, ReadOnlySpan<char> text)
    {
        if (isInteractive)
            writer.Write(colour);
        writer.Write(text);
        if (isInteractive)
            writer.Write(Plain);
    }
}
