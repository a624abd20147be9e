using System.Text.RegularExpressions;

namespace NotebookHost.Notebooks;

/// <summary>Text as programs write it to a terminal: with carriage returns that overwrite and escape sequences that colour.</summary>
internal static partial class TerminalText
{
    /// <summary>Returns what a terminal shows in the end: of a line that was written over and over, the last state.</summary>
    public static string Settle(string text)
        => !text.Contains('\r', StringComparison.Ordinal) ? text
            : string.Join('\n', text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').Select(LastState));

    /// <summary>Returns the text without escape sequences.</summary>
    public static string Plain(string text) => Escapes().Replace(Settle(text), "");

    /// <summary>Escape sequences; the group "colours" holds the codes of those that colour.</summary>
    [GeneratedRegex(@"\e\[(?<colours>[\d;]*)m|\e\[[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]|\e\][^\a\e]*(\a|\e\\)?|\e[\x20-\x2f]*[\x30-\x7e]|\e")]
    public static partial Regex Escapes();

    private static string LastState(string line)
    {
        line = line.TrimEnd('\r');
        return line[(line.LastIndexOf('\r') + 1)..];
    }
}
