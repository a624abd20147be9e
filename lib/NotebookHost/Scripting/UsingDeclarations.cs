using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace NotebookHost.Scripting;

/// <summary>
/// Explains using declarations at the top level of a cell, such as <c>using var file = File.OpenRead("a");</c>. C# scripts do not have them: the compiler
/// reads <c>using var</c> as a directive without a semicolon, and <c>file</c> as an unknown name.
/// </summary>
internal static partial class UsingDeclarations
{
    private const string MissingSemicolon = "CS1002";
    private const string UnknownName = "CS0103";

    /// <summary>Returns the message of the error at a using declaration; null for another error.</summary>
    public static string? MessageOf(Diagnostic error) => Find(error) is not { } declaration
        ? null
        : $"A using declaration is not possible at the top level of a cell, because variables live on in later cells. Remove 'using' before "
            + $"'{declaration.Groups["type"].Value} {declaration.Groups["variable"].Value}' and call {declaration.Groups["variable"].Value}.Dispose() later, "
            + "or put the code in braces: { … }";

    /// <summary>Returns errors without those that only follow from a using declaration, which has an error itself.</summary>
    public static IEnumerable<Diagnostic> WithoutConsequences(IReadOnlyList<Diagnostic> errors)
    {
        var declarations = errors.Select(error => (error.Location.SourceTree, Declaration: Find(error))).Where(found => found.Declaration is not null).ToList();
        return errors.Where(error => !declarations.Exists(found => found.SourceTree == error.Location.SourceTree && IsConsequence(error, found.Declaration!)));
    }

    private static bool IsConsequence(Diagnostic error, Match declaration)
    {
        if (error.Id == MissingSemicolon)
            return false;
        var variable = declaration.Groups["variable"];
        var start = error.Location.SourceSpan.Start;
        return (start >= declaration.Index && start < variable.Index)
            || (error.Id == UnknownName && error.Location.SourceTree!.ToString()[start..error.Location.SourceSpan.End] == variable.Value);
    }

    // the missing semicolon is reported at the end of the type
    private static Match? Find(Diagnostic error) => error.Id == MissingSemicolon && error.Location.SourceTree is { } tree
        ? Declaration().Matches(tree.ToString()).FirstOrDefault(match => error.Location.SourceSpan.Start is var place && place > match.Index && place <= match.Groups["variable"].Index)
        : null;

    [GeneratedRegex(@"\b(await\s+)?using\s+(?<type>(?:[\w.<>\[\]?]|,\s*)+)\s+(?<variable>\w+)\s*=(?![=>])", RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();
}
