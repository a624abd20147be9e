using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace NotebookHost.Export.CSharp;

/// <summary>Collects changes of a text and applies them together.</summary>
internal sealed class TextEdits(string text)
{
    private readonly List<(TextSpan Span, string Text)> _edits = [];

    public void Replace(TextSpan span, string replacement) => _edits.Add((span, replacement));

    public void Insert(int position, string insertion) => _edits.Add((new TextSpan(position, 0), insertion));

    public void Remove(TextSpan span) => _edits.Add((span, ""));

    /// <summary>Returns the whole text, changed.</summary>
    public string Apply() => Apply(new TextSpan(0, text.Length));

    /// <summary>Returns a part of the text, changed; that it is itself taken out elsewhere does not count.</summary>
    public string Apply(TextSpan part)
    {
        var result = new StringBuilder(part.Length);
        var position = part.Start;
        // what is inserted at a part's end belongs to what follows
        var isWhole = part.Length == text.Length;
        var inside = _edits.Where(edit => part.Contains(edit.Span) && (isWhole || (edit.Span != part && edit.Span.Start != part.End)));
        // insertions come before what they are inserted before; of edits that lie in one another, the outermost counts
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
