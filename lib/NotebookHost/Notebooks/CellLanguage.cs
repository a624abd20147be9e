using System.Text.RegularExpressions;

namespace NotebookHost.Notebooks;

/// <summary>Determines the language of a code cell from its first line, such as <c>#!html</c>.</summary>
internal static partial class CellLanguage
{
    public const string CSharp = "csharp";

    private static readonly string[] _others =
        ["html", "javascript", "js", "mermaid", "markdown", "md", "fsharp", "f#", "pwsh", "powershell", "sql", "kql", "http", "value"];

    public static string Of(NotebookCell cell)
    {
        var magic = First().Match(cell.Source);
        var name = magic.Success ? magic.Groups["name"].Value.ToLowerInvariant() : CSharp;
        return IsOther(name) ? name : CSharp;
    }

    /// <summary>Returns whether a magic command with this name selects a language other than C#.</summary>
    public static bool IsOther(string magic) => _others.Contains(magic, StringComparer.Ordinal);

    [GeneratedRegex(@"^\s*#!(?<name>[A-Za-z][\w#-]*)")]
    private static partial Regex First();
}
