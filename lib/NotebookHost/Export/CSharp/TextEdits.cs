using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace NotebookHost.Export.CSharp;

/// <summary>Collects changes to a text and applies them together.</summary>
internal sealed class TextEdits(string text)
{
    private readonly List<(TextSpan Span, string Text)> _edits = [];

    public void Replace(TextSpan span, string replacement) => _edits.Add((span, replacement));

    public void Insert(int position, string insertion) => _edits.Add((new TextSpan(position, 0), insertion));

    public void Remove(TextSpan span) => _edits.Add((span, ""));

    /// <summary>Returns the whole changed text.</summary>
    public string Apply() => Apply(new TextSpan(0, text.Length));

    /// <summary>Returns a changed part of the text, without changes that remove the whole part.</summary>
    public string Apply(TextSpan part)
    {
        var result = new StringBuilder(part.Length);
        var position = part.Start;
        // an insertion at the end of a part belongs to the following text
        var isWhole = part.Length == text.Length;
        var inside = _edits.Where(edit => part.Contains(edit.Span) && (isWhole || (edit.Span != part && edit.Span.Start != part.End)));
        // insertions precede replacements at the same position; of nested edits, the outermost is applied
        var ordered = inside.OrderBy(edit => edit.Span.Start)
            .ThenBy(edit => !edit.Span.IsEmpty)
            .ThenByDescending(edit => edit.Span.Length);
        foreach (var (span, replacement) in ordered)
        {
            if (span.Start < position)
                continue;
            result.Append(text, position, span.Start - position).Append(replacement);
            position = span.End;
        }
        return result.Append(text, position, part.End - position).ToString();
    }
}
