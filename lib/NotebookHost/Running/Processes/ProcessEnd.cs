using System.Globalization;
using System.Text.RegularExpressions;
using NotebookHost.Sessions;

namespace NotebookHost.Running.Processes;

/// <summary>Words the end of a notebook's process as the error of the cell that ran.</summary>
internal static partial class ProcessEnd
{
    // 128 and the signal's number, as shells have it
    private const int FirstSignal = 128;

    public static CellError Describe(int exitCode, string lastWords, string label)
    {
        var reason = Reason().Match(lastWords) is { Success: true } match ? match.Value.TrimEnd() : null;
        var message = $"The notebook's process ended while this cell ran, {How(exitCode)}"
            + (reason is null ? "." : $": {reason.ReplaceLineEndings(" ")}");
        var line = LineOf(label, lastWords);
        return new CellError(RunErrors.ProcessEnded, message, line, [line is null ? message : $"{label}, line {line}: {message}"]);
    }

    private static string How(int exitCode) => (exitCode - FirstSignal) switch
    {
        4 => "by an illegal instruction (SIGILL)",
        6 => "by a fatal error (SIGABRT)",
        7 => "by a memory fault (SIGBUS)",
        8 => "by an arithmetic fault (SIGFPE)",
        9 => "killed from outside (SIGKILL), as the system does when memory runs out",
        11 => "by a memory fault (SIGSEGV)",
        15 => "asked to from outside (SIGTERM)",
        > 0 and var signal => $"by signal {signal}",
        _ => $"with exit code {exitCode}",
    };

    private static int? LineOf(string label, string lastWords)
    {
        var place = Regex.Match(lastWords, $@"{Regex.Escape(label)}:line (?<line>\d+)");
        return place.Success ? int.Parse(place.Groups["line"].Value, CultureInfo.InvariantCulture) : null;
    }

    // how .NET and the C++ library begin what they say before they end a process
    [GeneratedRegex(
        @"^(((Process terminated|Fatal error)\.(\s*(?!at )\S.*)?)|((Unhandled exception|Stack overflow|Out of memory)\..*)"
        + @"|(terminate called.*(\n\s+what\(\):.*)?))",
        RegexOptions.Multiline)]
    private static partial Regex Reason();
}
