using System.Text.RegularExpressions;

namespace NotebookHost.Jupyter;

/// <summary>The line <c>#!rerun</c>, which reruns the cells of a lost session.</summary>
internal static partial class RerunCommand
{
    /// <summary>Returns whether a cell starts with the line.</summary>
    /// <param name="code">The text of the cell.</param>
    /// <param name="rest">The text with an empty line instead of the command; "" if there is no other text.</param>
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
