using System.Text.RegularExpressions;

namespace NotebookHost.Jupyter;

/// <summary>Adds colors to the lines of an error with ANSI sequences, for terminals and front ends.</summary>
internal static partial class ErrorColors
{
    private const string Red = "\u001b[31m", BoldRed = "\u001b[1;31m", Cyan = "\u001b[36m", Reset = "\u001b[0m";

    /// <summary>Returns the lines with the name of the error, the place in the cell and the caret in color. The text is unchanged.</summary>
    public static IEnumerable<string> Apply(IReadOnlyList<string> traceback) => traceback.Select((line, i) => Apply(line, isFirst: i == 0));

    private static string Apply(string line, bool isFirst)
    {
        if (line.Contains('\u001b', StringComparison.Ordinal))
            return line;
        var colored = Place().Replace(line, Cyan + "$0" + Reset);
        colored = Name().Replace(colored, "${before}" + BoldRed + "${name}" + Reset);
        colored = Caret().Replace(colored, "$1" + Red + "$2" + Reset);
        return isFirst && colored == line ? Red + line + Reset : colored;
    }

    [GeneratedRegex(@"\bcell \d+, line \d+")]
    private static partial Regex Place();

    // the type of an exception at the beginning of a line, or the code of a compile error
    [GeneratedRegex(@"(?<before>^( ---> )?)(?<name>[A-Za-z_][\w.+`]*\.[\w.+`]*)(?=: )|(?<before>: )(?<name>error( CS\d+)?)(?=: )")]
    private static partial Regex Name();

    [GeneratedRegex(@"^(\s*)(\^~*)$")]
    private static partial Regex Caret();
}
