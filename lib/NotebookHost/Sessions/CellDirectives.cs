using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace NotebookHost.Sessions;

/// <summary>A cell's <c>#!</c> lines, taken out of its code with every line number kept.</summary>
/// <param name="Code">What remains for the compiler.</param>
/// <param name="IsTimed">Whether <c>#!time</c> asks how long the cell takes.</param>
/// <param name="Error">Why the cell cannot run; null when it can.</param>
internal sealed partial record CellDirectives(string Code, bool IsTimed, CellError? Error)
{
    public static CellDirectives Parse(string source, string label, CSharpParseOptions dialect)
    {
        if (!source.Contains("#!", StringComparison.Ordinal))
            return new CellDirectives(source, IsTimed: false, Error: null);
        var tree = CSharpSyntaxTree.ParseText(source, dialect);
        var code = source.ToCharArray();
        var timed = false;
        foreach (Match match in Directive().Matches(source))
        {
            // a line of a string literal may look the same
            var token = tree.GetRoot().FindToken(match.Index);
            if (token.Span.Contains(match.Index) && token.SpanStart != match.Index)
                continue;
            switch (match.Groups["name"].Value.ToLowerInvariant())
            {
                case "csharp" or "c#":
                    break;
                case "time":
                    timed = true;
                    break;
                default:
                    return new CellDirectives(source, IsTimed: false, Unknown(source, match, label));
            }
            code.AsSpan(match.Index, match.Length).Fill(' ');
        }
        return new CellDirectives(new string(code), timed, Error: null);
    }

    private static CellError Unknown(string source, Match match, string label)
    {
        var line = source.AsSpan(0, match.Index).Count('\n') + 1;
        var message = $"Unknown magic command '#!{match.Groups["name"].Value}'; this host knows #!csharp and #!time";
        return new CellError("UnknownMagic", message, line, [$"{label}, line {line}: error: {message}", "    " + match.Value.Trim()]);
    }

    [GeneratedRegex(@"^[ \t]*#!(?<name>[A-Za-z][\w#-]*)[^\r\n]*", RegexOptions.Multiline)]
    private static partial Regex Directive();
}
