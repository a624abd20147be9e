using System.Text.RegularExpressions;

namespace NotebookHost.Notebooks;

/// <summary>Text for a terminal, with carriage returns that overwrite text and escape sequences that set colors.</summary>
internal static partial class TerminalText
{
    /// <summary>Returns the final text in a terminal: the last state of each overwritten line.</summary>
    public static string Settle(string text)
        => !text.Contains('\r', StringComparison.Ordinal) ? text
            : string.Join('\n', text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').Select(LastState));

    /// <summary>Returns the text without escape sequences.</summary>
    public static string Plain(string text) => Escapes().Replace(Settle(text), "");

    /// <summary>Escape sequences; the group "colors" contains the codes of sequences that set colors.</summary>
    [GeneratedRegex(@"\e\[(?<colors>[\d;]*)m|\e\[[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]|\e\][^\a\e]*(\a|\e\\)?|\e[\x20-\x2f]*[\x30-\x7e]|\e")]
    public static partial Regex Escapes();

    private static string LastState(string line)
    {
        line = line.TrimEnd('\r');
        return line[(line.LastIndexOf('\r') + 1)..];
    }
}
