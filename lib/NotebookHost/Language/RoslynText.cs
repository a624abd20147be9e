using System.Text.RegularExpressions;

namespace NotebookHost.Language;

/// <summary>Texts of Roslyn's services as front ends show them.</summary>
internal static partial class RoslynText
{
    /// <summary>Returns the declaration that a description begins with, without the word in parentheses before it.</summary>
    public static string Signature(string description)
    {
        var line = Word().Replace(Plain(description).Split('\n')[0].Trim(), "");
        return Overloads().Replace(line, " (+ ${count} more)");
    }

    /// <summary>Returns a text without the invisible marks between its parts.</summary>
    public static string Plain(string text) => text.Replace("\u200e", "", StringComparison.Ordinal).Replace('\u00a0', ' ').ReplaceLineEndings("\n");

    [GeneratedRegex(@"^\((local variable|parameter|field|local constant|constant|range variable|discard|awaitable|extension|local function|awaitable, extension)\) ")]
    private static partial Regex Word();

    [GeneratedRegex(@" \(\+ (?<count>\d+) (generic )?overloads?\)")]
    private static partial Regex Overloads();
}
