using System.Text.RegularExpressions;

namespace NotebookHost.Processes;

/// <summary>Replaces the names that the compiler generates for the methods of cells, as the runtime writes them in the stack trace of a crash.</summary>
internal static partial class MethodNames
{
    /// <summary>Returns a frame with the names in the source: "F(Int32)" for "Submission#4.&lt;&lt;Initialize&gt;&gt;g__F|0_0(Int32)".</summary>
    public static string Of(string frame)
    {
        frame = Outer().Replace(frame, "");
        frame = Function().Replace(frame, "${name}");
        frame = Iterator().Replace(frame, "${name}(");
        return Lambda().Replace(frame, "lambda");
    }

    // Submission#4+Node.Walk(Node), Submission#4+<>c.<<Initialize>>b__0_0(), List`1[[System.Int32, System.Private.CoreLib, …]].Add(Int32)
    [GeneratedRegex(@"\bSubmission#\d+(\+<>c(__DisplayClass\d+_\d+)?)?[+.]?|`\d+(\[\[.*?\]\])?")]
    private static partial Regex Outer();

    // <<Initialize>>g__Deeper|0_0(Int32)
    [GeneratedRegex(@"<<?\w+>?>g__(?<name>\w+)\|\d+(_\d+)?")]
    private static partial Regex Function();

    // <Train>d__3.MoveNext()
    [GeneratedRegex(@"<(?<name>\w+)>d(__\d+)?\.MoveNext\(")]
    private static partial Regex Iterator();

    // <<Initialize>>b__0_0(Int32), <Train>b__2()
    [GeneratedRegex(@"<<?\w+>?>b__\d+(_\d+)?")]
    private static partial Regex Lambda();
}
