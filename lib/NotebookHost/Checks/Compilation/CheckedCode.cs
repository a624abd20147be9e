using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using NotebookHost.Notebooks;

namespace NotebookHost.Checks.Compilation;

/// <summary>A package that a cell references.</summary>
/// <param name="Name">The name of the package.</param>
/// <param name="Version">The version, possibly with an asterisk; null for the latest.</param>
internal sealed record PackageRequest(string Name, string? Version)
{
    public override string ToString() => Version is null ? Name : $"{Name} {Version}";
}

/// <summary>
/// The C# code of a cell with its line numbers, without magic commands, package references and parts in other languages.
/// </summary>
/// <param name="Code">The C# code.</param>
/// <param name="Packages">The packages that the cell references.</param>
/// <param name="Imports">The files that the cell imports.</param>
/// <param name="Variables">The variables that magic commands declare.</param>
/// <param name="LeftOut">The source of the magic commands and the parts in other languages.</param>
internal sealed partial record CheckedCode(
    string Code,
    IReadOnlyList<PackageRequest> Packages,
    IReadOnlyList<string> Imports,
    IReadOnlyList<string> Variables,
    IReadOnlyList<string> LeftOut)
{
    public CheckedCode(string code)
        : this(code, [], [], [], [])
    {
    }

    public static CheckedCode Of(string source, CSharpParseOptions dialect)
    {
        var packages = new List<PackageRequest>();
        var imports = new List<string>();
        var variables = new List<string>();
        var leftOut = new List<string>();
        var code = source.ToCharArray();
        var root = CSharpSyntaxTree.ParseText(source, dialect).GetRoot();
        int? otherSince = null;
        foreach (Match line in Directive().Matches(source))
        {
            // a line of a string literal may look like a directive
            var token = root.FindToken(line.Index);
            if (otherSince is null && token.Span.Contains(line.Index) && token.SpanStart != line.Index)
                continue;
            var arguments = line.Groups["arguments"].Value.Trim();
            var name = line.Groups["magic"].Value.ToLowerInvariant();
            if (name is "csharp" or "c#")
            {
                if (otherSince is { } since)
                    leftOut.Add(source[since..line.Index].TrimEnd());
                Blank(code, otherSince ?? line.Index, line.Index + line.Length);
                otherSince = null;
            }
            else if (CellLanguage.IsOther(name))
            {
                otherSince ??= line.Index;
            }
            else if (otherSince is null)
            {
                if (name == "import")
                    imports.Add(arguments.Trim('"'));
                else if (name is "set" or "share" && Declared(arguments) is { } variable)
                    variables.Add(variable);
                else if (line.Groups["package"] is { Success: true } package)
                    packages.Add(Package(package.Value));
                if (!line.Groups["package"].Success)
                    leftOut.Add(line.Value.Trim());
                Blank(code, line.Index, line.Index + line.Length);
            }
        }
        if (otherSince is { } start)
        {
            leftOut.Add(source[start..].TrimEnd());
            Blank(code, start, code.Length);
        }
        return new CheckedCode(new string(code), packages, imports, variables, leftOut);
    }

    private static void Blank(char[] code, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (code[i] is not ('\n' or '\r'))
                code[i] = ' ';
        }
    }

    private static PackageRequest Package(string text)
    {
        var parts = text.Split(',', 2, StringSplitOptions.TrimEntries);
        return new PackageRequest(parts[0], parts.Length > 1 && parts[1].Length > 0 ? parts[1] : null);
    }

    // #!set --name x --value …; #!share --from kernel x --as y
    private static string? Declared(string arguments)
        => Declaration().Match(arguments) is { Success: true } match ? match.Groups["name"].Value : null;

    [GeneratedRegex(@"--name\s+(?<name>\w+)|--as\s+(?<name>\w+)|--from\s+\S+\s+(?<name>\w+)(?!.*--as)|^(?<name>\w+)(?!.*--as)")]
    private static partial Regex Declaration();

    [GeneratedRegex(
        """^[ \t]*(#!(?<magic>[A-Za-z][\w#-]*)(?<arguments>[^\r\n]*)|#r[ \t]+"nuget:(?<package>[^"\r\n]*)"[^\r\n]*|#i[ \t]+"[^\r\n]*)""",
        RegexOptions.Multiline)]
    private static partial Regex Directive();
}
