using System.Globalization;
using System.Text.RegularExpressions;
using NotebookHost.Sessions;

namespace NotebookHost.Processes;

/// <summary>Describes the end of a session process as the error of the cell that ran.</summary>
internal static partial class ProcessEnd
{
    /// <summary>The name of the error.</summary>
    public const string ErrorName = "ProcessEnded";

    // 128 plus the number of the signal, as in shells
    private const int FirstSignal = 128;

    /// <summary>Describes the error.</summary>
    /// <param name="exitCode">The process's exit code.</param>
    /// <param name="standardError">The standard error of the process while the cell ran.</param>
    /// <param name="label">The name of the cell in messages.</param>
    public static CellError Describe(int exitCode, string standardError, string label)
    {
        var message = $"The notebook's process ended while this cell ran, {Explain(exitCode, standardError)}";
        var line = LineOf(label, standardError);
        return new CellError(ErrorName, message, line, [line is null ? message : $"{label}, line {line}: {message}"]);
    }

    /// <summary>Returns the cause of the end of a process and the reason that it reported, as the end of a sentence, with a period.</summary>
    public static string Explain(int exitCode, string standardError)
        => Cause(exitCode) + (ReasonIn(standardError) is { } reason ? $": {reason.TrimEnd('.')}." : ".");

    private static string Cause(int exitCode) => OperatingSystem.IsWindows() ? WindowsCause(exitCode) : (exitCode - FirstSignal) switch
    {
        4 => "by an illegal instruction (SIGILL)",
        6 => "by a fatal error (SIGABRT)",
        7 => "by a memory fault (SIGBUS)",
        8 => "by an arithmetic fault (SIGFPE)",
        9 => "killed (SIGKILL), possibly because the system ran out of memory",
        11 => "by a memory fault (SIGSEGV)",
        15 => "by a request to terminate (SIGTERM)",
        > 0 and var signal => $"by signal {signal}",
        _ => $"with exit code {exitCode}",
    };

    private static string WindowsCause(int exitCode) => unchecked((uint)exitCode) switch
    {
        0xC0000005 => "by a memory fault (access violation)",
        0xC00000FD => "by a stack overflow",
        0xC0000409 or 0x80131623 => "by a fatal error (fail fast)",
        0xE0434352 => "by an unhandled exception",
        0xC0000017 or 0x8007000E => "because the system ran out of memory",
        var code => code < 0x80000000 ? $"with exit code {exitCode}" : $"with exit code 0x{code:X8}",
    };

    private static string? ReasonIn(string standardError)
    {
        var native = NativeException().Match(standardError);
        if (native.Success)
        {
            var what = native.Groups["what"].Value.Trim();
            return what.Length > 0 ? $"{native.Groups["type"].Value}: {what}" : native.Groups["type"].Value;
        }
        if (Reason().Match(standardError) is not { Success: true } match)
            return null;
        var reason = match.Value.TrimEnd().ReplaceLineEndings(" ");
        // the first frame outside .NET is the recursive method
        return reason.StartsWith("Stack overflow", StringComparison.Ordinal) && Recursion().Match(standardError, match.Index) is { Success: true } frame
            ? $"Stack overflow: infinite recursion in {MethodNames.Of(frame.Groups["method"].Value)}"
            : reason;
    }

    private static int? LineOf(string label, string standardError)
    {
        var place = Regex.Match(standardError, $@"{Regex.Escape(label)}:line (?<line>\d+)");
        return place.Success ? int.Parse(place.Groups["line"].Value, CultureInfo.InvariantCulture) : null;
    }

    // the beginnings of .NET's messages before it ends a process
    [GeneratedRegex(
        @"^(((Process terminated|Fatal error)\.(\s*(?!at )\S.*)?)|((Unhandled exception|Stack overflow|Out of memory)\..*)|(terminate called.*))",
        RegexOptions.Multiline)]
    private static partial Regex Reason();

    [GeneratedRegex(@"^   at (?<method>(?!System\.|Microsoft\.|NotebookHost\.|Interop)[^\r\n]+?\))(?=\r|\n| in )", RegexOptions.Multiline)]
    private static partial Regex Recursion();

    // the message of the C++ library
    [GeneratedRegex(@"^terminate called after throwing an instance of '(?<type>[^']*)'(\s+what\(\):(?<what>.*))?", RegexOptions.Multiline)]
    private static partial Regex NativeException();
}
