using Microsoft.CodeAnalysis.Text;

namespace NotebookHost.Scripting;

/// <summary>Marks a position in code.</summary>
internal static class CodeLine
{
    private const string Indent = "    ";

    /// <summary>Returns the line of code and a line with a caret below the position.</summary>
    public static IReadOnlyList<string> WithCaret(SourceText text, LinePosition place)
    {
        var code = text.Lines[place.Line].ToString();
        var indent = code.Length - code.TrimStart().Length;
        var before = code[Math.Min(indent, place.Character)..Math.Min(place.Character, code.Length)]
            .Select(character => character == '\t' ? '\t' : ' ');
        return [Indent + code[indent..].TrimEnd(), Indent + string.Concat(before) + "^"];
    }
}
