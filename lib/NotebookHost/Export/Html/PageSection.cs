using System.Text;
using Markdig.Syntax;

namespace NotebookHost.Export.Html;

/// <summary>The text between two headings of a page, for the search index.</summary>
/// <param name="Heading">The heading; null before the first.</param>
internal sealed record PageSection(Heading? Heading)
{
    private readonly StringBuilder _text = new();

    /// <summary>Gets the text in one line.</summary>
    public string Text => _text.ToString();

    public void Append(Block block)
    {
        foreach (var leaf in block is LeafBlock single ? [single] : ((ContainerBlock)block).Descendants<LeafBlock>())
            Append(leaf is CodeBlock code ? code.Lines.ToString() : ProseHtml.TextOf(leaf.Inline));
    }

    public void Append(string text)
    {
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            _text.Append(_text.Length > 0 ? " " : "").Append(word);
    }
}
