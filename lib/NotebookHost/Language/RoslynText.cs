using System.Text.RegularExpressions;

namespace NotebookHost.Language;

/// <summary>Formats texts of Roslyn's services for front ends.</summary>
internal static partial class RoslynText
{
    /// <summary>Returns the declaration at the beginning of a description, without the preceding word in parentheses.</summary>
    public static string Signature(string description)
    {
        var line = Word().Replace(Plain(description).Split('\n')[0].Trim(), "");
        return Overloads().Replace(line, " (+ ${count} more)");
    }

    /// <summary>Returns a text without invisible marks.</summary>
    public static string Plain(string text) => text.Replace("\u200e", "", StringComparison.Ordinal).Replace('\u00a0', ' ').ReplaceLineEndings("\n");

    [GeneratedRegex(@"^\((local variable|parameter|field|local constant|constant|range variable|discard|awaitable|extension|local function|awaitable, extension)\) ")]
    private static partial Regex Word();

    [GeneratedRegex(@" \(\+ (?<count>\d+) (generic )?overloads?\)")]
    private static partial Regex Overloads();
}
