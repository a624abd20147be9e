using System.Text.RegularExpressions;

namespace NotebookHost.Jupyter;

/// <summary>The line <c>#!rerun</c>, with which a cell runs the cells of a lost session again.</summary>
internal static partial class RerunCommand
{
    /// <summary>Returns whether a cell begins with the line.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="rest">The text without the line, which keeps its place; "" when there is nothing else.</param>
    public static bool TryParse(string code, out string rest)
    {
        var line = Line().Match(code);
        rest = line.Success ? "\n" + code[line.Length..] : code;
        if (string.IsNullOrWhiteSpace(rest))
            rest = "";
        return line.Success;
    }

    [GeneratedRegex(@"\A\s*#!rerun[ \t]*(\r?\n|\z)")]
    private static partial Regex Line();
}
