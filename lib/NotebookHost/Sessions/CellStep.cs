using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace NotebookHost.Sessions;

/// <summary>A step of a cell. Steps are executed in order.</summary>
/// <param name="Line">The first line of the step in the cell, from 1.</param>
internal abstract record CellStep(int Line);

/// <summary>C# code, preceded by empty lines so that the line numbers are those of the cell.</summary>
internal sealed record CodeStep(string Code, int Line) : CellStep(Line);

/// <summary>Text in a language other than C#.</summary>
internal sealed record TextStep(string Language, string Arguments, string Text, int Line) : CellStep(Line);

/// <summary>A <c>#!</c> line that performs an action.</summary>
internal sealed record MagicStep(string Name, string Arguments, int Line) : CellStep(Line);

/// <summary>A <c>#r "nuget: …"</c> or <c>#i "nuget: …"</c> line.</summary>
internal sealed record PackageStep(char Kind, string Name, string Version, int Line) : CellStep(Line);

/// <summary>Divides a cell into steps.</summary>
internal static partial class CellSteps
{
    /// <param name="source">The cell's text.</param>
    /// <param name="dialect">The parse options of C# code.</param>
    /// <param name="isLanguage">A function that returns whether a name is an additional language.</param>
    public static List<CellStep> Parse(string source, CSharpParseOptions dialect, Func<string, bool>? isLanguage = null)
    {
        if (!source.Contains("#!", StringComparison.Ordinal) && !source.Contains("\"nuget:", StringComparison.Ordinal))
            return [new CodeStep(source, 1)];
        var steps = new List<CellStep>();
        var lines = source.ReplaceLineEndings("\n").Split('\n');
        var begins = 0;
        (string Language, string Arguments) part = (MagicNames.CSharp, "");
        var block = new List<string>();
        for (var i = 0; i < lines.Length; i++)
        {
            var magic = Magic().Match(lines[i]);
            var name = magic.Success ? MagicNames.Canonical(magic.Groups["name"].Value) : "";
            var package = PackageRequest.Parse(lines[i]);
            var inCode = part.Language == MagicNames.CSharp;
            var acts = inCode
                ? (name.Length > 0 || package is not null) && IsDirective(lines, begins, i, dialect)
                : IsLanguage(name);
            if (!acts)
            {
                block.Add(lines[i]);
            }
            else if (package is var (kind, what, version))
            {
                steps.Add(new PackageStep(kind, what, version, i + 1));
                block.Add("");
            }
            else if (name == MagicNames.Time)
            {
                steps.Add(new MagicStep(name, "", i + 1));
                block.Add("");
            }
            else
            {
                EndBlock();
                begins = i + 1;
                if (IsLanguage(name))
                    part = (name, magic.Groups["arguments"].Value.Trim());
                else
                    steps.Add(new MagicStep(name, magic.Groups["arguments"].Value.Trim(), i + 1));
            }
        }
        EndBlock();
        return steps;

        bool IsLanguage(string name) => name.Length > 0 && (MagicNames.Languages.Contains(name) || isLanguage?.Invoke(name) == true);

        void EndBlock()
        {
            var text = string.Join('\n', block);
            block.Clear();
            if (part.Language == MagicNames.CSharp && text.AsSpan().ContainsAnyExcept(" \t\n"))
                steps.Add(new CodeStep(new string('\n', begins) + text, begins + 1));
            else if (part.Language != MagicNames.CSharp)
                steps.Add(new TextStep(part.Language, part.Arguments, text.Trim('\n'), begins));
        }
    }

    // a line of a string literal may look like a directive
    private static bool IsDirective(string[] lines, int begins, int line, CSharpParseOptions dialect)
    {
        var code = string.Join('\n', lines[begins..]);
        var position = lines[begins..line].Sum(text => text.Length + 1);
        position += lines[line].Length - lines[line].TrimStart().Length;
        var token = CSharpSyntaxTree.ParseText(code, dialect).GetRoot().FindToken(position);
        return !token.Span.Contains(position) || token.SpanStart == position;
    }

    [GeneratedRegex(@"^[ \t]*#!(?<name>[A-Za-z][\w#-]*)(?<arguments>[^\r\n]*)$")]
    private static partial Regex Magic();
}
