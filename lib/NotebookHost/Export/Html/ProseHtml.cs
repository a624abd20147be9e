using System.Net;
using System.Text;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NotebookHost.Export.Html;

/// <summary>
/// Markdown as html, the way Jupyter and GitHub read it: html in it stays html, <c>$…$</c> is math and no emphasis. Headings get ids that
/// are unique on the page, as GitHub forms them.
/// </summary>
internal sealed class ProseHtml(ImageFolder images, Func<string, string?>? pageOf = null)
{
    /// <summary>How Markdown is read.</summary>
    public static MarkdownPipeline Pipeline { get; } = new MarkdownPipelineBuilder()
        .UsePipeTables().UseTaskLists().UseAutoLinks().UseFootnotes().UseAlertBlocks().UseMathematics()
        .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
        .Build();

    private readonly List<Heading> _headings = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>The headings so far, in order.</summary>
    public IReadOnlyList<Heading> Headings => _headings;

    /// <summary>Renders one cell.</summary>
    /// <param name="markdown">The cell's text.</param>
    /// <param name="attachment">Gives an attached image as a data URI; null where there is none of that name.</param>
    public string Write(string markdown, Func<string, string?> attachment)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>())
            Name(heading);
        foreach (var link in document.Descendants<LinkInline>().Where(link => link.IsImage && link.Url is not null))
            link.Url = (link.Url!.StartsWith("attachment:", StringComparison.Ordinal)
                ? attachment(Uri.UnescapeDataString(link.Url["attachment:".Length..]))
                : images.DataUri(link.Url)) ?? link.Url;

        foreach (var link in document.Descendants<LinkInline>().Where(link => !link.IsImage && link.Url is not null))
            link.Url = Page(link.Url!) ?? link.Url;

        using var text = new StringWriter();
        var renderer = new HtmlRenderer(text);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathInlineRenderer>(new MathInlineHtml());
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathBlockRenderer>(new MathBlockHtml());
        renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new CodeBlockHtml());
        renderer.Render(document);
        return text.ToString();
    }

    // a link to a notebook that has a page beside this one, its fragment kept
    private string? Page(string address)
    {
        if (pageOf is null || images.Folder is not { } folder || address.Contains(':', StringComparison.Ordinal))
            return null;
        var end = address.IndexOf('#', StringComparison.Ordinal) is var hash and >= 0 ? hash : address.Length;
        var page = end == 0 ? null : pageOf(Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(address[..end]))));
        return page is null ? null : page + address[end..];
    }

    private void Name(HeadingBlock heading)
    {
        var text = TextOf(heading.Inline);
        var slug = Slug(text);
        var id = slug;
        for (var number = 1; !_ids.Add(id); number++)
            id = $"{slug}-{number}";
        heading.GetAttributes().Id = id;
        var anchor = $" <a class=\"anchor\" href=\"#{WebUtility.HtmlEncode(id)}\" aria-label=\"Link here\">#</a>";
        heading.Inline?.AppendChild(new HtmlInline(anchor));
        _headings.Add(new Heading(heading.Level, id, text));
    }

    /// <summary>The words alone.</summary>
    public static string TextOf(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        foreach (var inline in inlines?.Descendants() ?? [])
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                MathInline math => math.Content.ToString(),
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                LineBreakInline => " ",
                _ => "",
            });
        }
        return text.ToString().Trim();
    }

    private static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var character in text)
        {
            if (char.IsLetterOrDigit(character) || character is '-' or '_')
                slug.Append(char.ToLowerInvariant(character));
            else if (character == ' ')
                slug.Append('-');
        }
        return slug.Length > 0 ? slug.ToString() : "section";
    }

    private sealed class MathInlineHtml : HtmlObjectRenderer<MathInline>
    {
        protected override void Write(HtmlRenderer renderer, MathInline obj)
            => renderer.Write("<span class=\"math\">").WriteEscape(obj.Content).Write("</span>");
    }

    private sealed class MathBlockHtml : HtmlObjectRenderer<MathBlock>
    {
        protected override void Write(HtmlRenderer renderer, MathBlock obj)
            => renderer.Write("<pre class=\"math\">").WriteLeafRawLines(obj, writeEndOfLines: true, escape: true).Write("</pre>\n");
    }

    private sealed class CodeBlockHtml : HtmlObjectRenderer<CodeBlock>
    {
        private static readonly string[] _csharp = ["csharp", "cs", "c#", "C#"];

        protected override void Write(HtmlRenderer renderer, CodeBlock obj)
        {
            var code = obj.Lines.ToString();
            var language = (obj as FencedCodeBlock)?.Info;
            var html = _csharp.Contains(language, StringComparer.Ordinal) ? CSharpHtml.Write(code) : WebUtility.HtmlEncode(code);
            renderer.Write("<pre class=\"source\"");
            if (!string.IsNullOrEmpty(language))
                renderer.Write(" data-language=\"").WriteEscape(language).Write("\"");
            renderer.Write("><code>").Write(html).Write("</code></pre>\n");
        }
    }
}

/// <summary>A heading of the page.</summary>
/// <param name="Level">From 1 to 6.</param>
/// <param name="Id">What a link to it names.</param>
/// <param name="Text">Its words.</param>
internal sealed record Heading(int Level, string Id, string Text);
