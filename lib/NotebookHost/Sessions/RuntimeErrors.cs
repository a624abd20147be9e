using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using NotebookHost.Display.Values;

namespace NotebookHost.Sessions;

/// <summary>Describes an exception with the cells and lines of its stack trace, without frames of libraries, the compiler and the host.</summary>
/// <param name="folder">The folder of the session, which is part of the names of cells in debug information.</param>
internal sealed partial class RuntimeErrors(string folder)
{
    // the first character of the names of script assemblies
    private const char SubmissionAssembly = 'ℛ';

    // the message of .NET recommends calls that also fail in a notebook
    private const string NoTerminal = "A notebook cannot read keys because it has no terminal; use Console.ReadLine, which prompts in Jupyter, or a parameter";

    private const int MaxFrames = 30;

    public CellError Describe(Exception exception, string label)
    {
        // the wrapper exception of reflection contains no information
        exception = Errors.Unwrap(exception);
        var traceback = new List<string>();
        Append(exception, traceback, "");
        List<StackFrame> frames = [];
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            frames.AddRange(CellFrames(cause));
        var line = frames.Find(frame => FileName(frame) == label)?.GetFileLineNumber();
        var imported = frames is [var first, ..] && !CellLabel.IsCell(FileName(first)) ? $"{FileName(first)}, line {first.GetFileLineNumber()}" : null;
        return new CellError(ShortName(exception.GetType()), Message(exception), line, traceback) { ImportedPlace = imported };
    }

    /// <summary>Returns whether a method belongs to a cell or to a file that a cell imports.</summary>
    public static bool IsOfNotebook(MethodBase? method)
        => method?.DeclaringType is { } type && type.Assembly.GetName().Name?.StartsWith(SubmissionAssembly) == true;

    private void Append(Exception exception, List<string> traceback, string arrow)
    {
        traceback.AddRange($"{arrow}{CSharpNames.WithoutSubmissions(exception.GetType().ToString())}: {Message(exception)}".Split('\n').Select(line => line.TrimEnd('\r')));
        traceback.AddRange(Cut(RepeatedFrames.Fold([.. CellFrames(exception).Select(frame => "   at " + Place(frame))])));
        IEnumerable<Exception> causes = exception switch
        {
            AggregateException many => many.InnerExceptions,
            { InnerException: { } one } => [one],
            _ => [],
        };
        foreach (var cause in causes)
            Append(cause, traceback, " ---> ");
    }

    private static List<string> Cut(List<string> frames)
        => frames.Count <= MaxFrames
            ? frames
            : [.. frames[..(MaxFrames / 2)], $"   … {frames.Count - MaxFrames} more", .. frames[^(MaxFrames / 2)..]];

    /// <summary>Returns an exception's message without the C++ stack that native libraries append to theirs.</summary>
    private static string Message(Exception exception)
        => exception is InvalidOperationException && IsKey(exception) ? NoTerminal : NativeStack().Replace(Errors.Message(exception), "").TrimEnd();

    private static bool IsKey(Exception exception)
        => new StackTrace(exception).GetFrames().Any(frame => frame.GetMethod() is { Name: nameof(Console.ReadKey) or "get_" + nameof(Console.KeyAvailable) } method
            && method.DeclaringType?.FullName is "System.Console" or "System.ConsolePal");

    private static List<StackFrame> CellFrames(Exception exception)
        => [.. new StackTrace(exception, fNeedFileInfo: true).GetFrames()
            .Where(frame => IsOfNotebook(frame.GetMethod()) && frame.GetFileLineNumber() > 0 && Path.GetFileName(frame.GetFileName()) != CellEngine.PreludeLabel)];

    private string FileName(StackFrame frame) => Path.GetRelativePath(folder, frame.GetFileName() ?? "");

    private string Place(StackFrame frame)
    {
        var place = $"{FileName(frame)}, line {frame.GetFileLineNumber()}";
        return FunctionName(frame.GetMethod()!) is { } function ? $"{function} in {place}" : place;
    }

    /// <summary>Returns the name of the function in the cell; null for code outside of functions.</summary>
    private static string? FunctionName(MethodBase method)
    {
        // the compiler writes the name in angle brackets: <Train>d__1.MoveNext, <Train>g__Inner|0_1, <<Initialize>>b__0_0
        var local = LocalFunction().Match(method.Name);
        if (local.Success)
            return local.Groups["name"].Value;
        if (method.Name.Contains(">b__", StringComparison.Ordinal))
            return "lambda";
        var type = method.DeclaringType!;
        var name = method.Name;
        if (name == "MoveNext" && Generated().Match(type.Name) is { Success: true } machine)
        {
            name = machine.Groups["name"].Value;
            type = type.DeclaringType!;
        }
        if (name is "<Initialize>" or "<Factory>" or "<Main>")
            return null;
        name = name.StartsWith('.') ? "new" : name;
        var owner = type.FullName?.Split('+').Skip(1) ?? [];
        return string.Join('.', [.. owner, name]);
    }

    private static string ShortName(Type type) => type.Name.Split('`')[0];

    [GeneratedRegex(@">g__(?<name>\w+)\|")]
    private static partial Regex LocalFunction();

    [GeneratedRegex(@"^(Exception raised from .* \(most recent call first\):|frame #\d+: .*)(\r?\n|\z)", RegexOptions.Multiline)]
    private static partial Regex NativeStack();

    [GeneratedRegex(@"^<(?<name>.+)>d")]
    private static partial Regex Generated();
}
