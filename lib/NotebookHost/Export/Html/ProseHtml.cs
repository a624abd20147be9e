using System.Globalization;
using System.Net;
using System.Text;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using NotebookHost.Notebooks;

namespace NotebookHost.Export.Html;

/// <summary>
/// Converts Markdown to HTML like Jupyter and GitHub: HTML is preserved, and <c>$…$</c> is math without emphasis. Headings get unique
/// ids in GitHub's form. A page has one heading of the first level; further headings of the first level and the headings below them are lowered by one level.
/// </summary>
internal sealed class ProseHtml(ImageFolder images, Func<string, string?>? pageOf, PageTexts words, bool isChinese = false)
{
    /// <summary>Gets the Markdown pipeline.</summary>
    public static MarkdownPipeline Pipeline { get; } = new MarkdownPipelineBuilder()
        .UsePipeTables().UseTaskLists().UseAutoLinks().UseFootnotes().UseAlertBlocks().UseMathematics()
        .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
        .Build();

    // the first character of Chinese and Japanese
    internal const char FirstOfEastAsia = '\u2E80';

    private readonly List<Heading> _headings = [];
    private readonly List<PageSection> _sections = [new(null)];
    // ids that the page uses
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal) { "main" };
    private int _shift;

    /// <summary>Gets the headings in order.</summary>
    public IReadOnlyList<Heading> Headings => _headings;

    /// <summary>Gets the text by heading.</summary>
    public IReadOnlyList<PageSection> Sections => _sections;

    /// <summary>Renders a cell.</summary>
    /// <param name="markdown">The cell's text.</param>
    /// <param name="attachment">A function that returns an attached image as a data URI; null if there is no image with the name.</param>
    /// <param name="original">The original of a translated text, whose headings determine the ids, so that a link leads to the same section in every
    /// language; null if the text is not a translation.</param>
    /// <param name="drawn">A function that changes the SVG images of the cell; null to keep them.</param>
    public string Write(string markdown, Func<string, string?> attachment, string? original = null, Func<string, string>? drawn = null)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        var headings = document.Descendants<HeadingBlock>().ToList();
        var named = original is null || original == markdown ? headings : [.. Markdown.Parse(original, Pipeline).Descendants<HeadingBlock>()];
        for (var i = 0; i < headings.Count; i++)
            Name(headings[i], TextOf((named.Count == headings.Count ? named : headings)[i].Inline));
        Collect(document);
        foreach (var heading in headings)
            AppendAnchor(heading);
        foreach (var link in document.Descendants<LinkInline>().Where(link => link.IsImage && link.Url is not null))
            Embed(link, attachment, drawn);
        foreach (var link in document.Descendants<LinkInline>().Where(link => !link.IsImage && link.Url is not null))
            link.Url = Page(link.Url!) ?? link.Url;

        using var text = new StringWriter();
        var renderer = new HtmlRenderer(text);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathInlineRenderer>(new MathInlineHtml());
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathBlockRenderer>(new MathBlockHtml());
        renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new CodeBlockHtml());
        if (!isChinese)
            renderer.ObjectRenderers.ReplaceOrAdd<LiteralInlineRenderer>(new LiteralHtml());
        renderer.Render(document);
        return TableHtml.Adapt(text.ToString());
    }

    private void Embed(LinkInline link, Func<string, string?> attachment, Func<string, string>? drawn)
    {
        var least = images.MinWidth(link.Url!);
        if (images.IsDrawing(link.Url!))
            link.GetAttributes().AddClass("diagram");
        link.Url = (link.Url!.StartsWith("attachment:", StringComparison.Ordinal)
            ? attachment(Uri.UnescapeDataString(link.Url["attachment:".Length..]))
            : images.DataUri(link.Url, drawn)) ?? link.Url;
        if (least <= 0)
            return;
        link.GetAttributes().AddProperty("style", string.Create(CultureInfo.InvariantCulture, $"min-width:{least}px"));
        if (link.Parent?.ParentBlock is { } paragraph)
        {
            paragraph.GetAttributes().AddClass("scroll");
            paragraph.GetAttributes().AddProperty("tabindex", "0");
        }
    }

    // a link to a notebook with a page, with its fragment
    private string? Page(string address)
    {
        if (pageOf is null || images.Folder is not { } folder || address.Contains(':', StringComparison.Ordinal))
            return null;
        var end = address.IndexOf('#', StringComparison.Ordinal) is var hash and >= 0 ? hash : address.Length;
        var page = end == 0 ? null : pageOf(Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(address[..end]))));
        return page is null ? null : page + address[end..];
    }

    private void Name(HeadingBlock heading, string name)
    {
        var slug = Slug(name);
        var id = slug;
        for (var number = 1; !_ids.Add(id); number++)
            id = $"{slug}-{number}";
        heading.GetAttributes().Id = id;
        if (heading.Level == 1 && _headings.Exists(above => above.Level == 1))
            _shift = 1;
        heading.Level = Math.Min(heading.Level + _shift, 6);
        _headings.Add(new Heading(heading.Level, id, TextOf(heading.Inline)));
    }

    private void Collect(MarkdownDocument document)
    {
        foreach (var block in document)
        {
            if (block is HeadingBlock)
                _sections.Add(new PageSection(_headings.Find(heading => heading.Id == block.GetAttributes().Id)));
            else
                _sections[^1].Append(block);
        }
    }

    private void AppendAnchor(HeadingBlock heading)
    {
        var anchor = $" <a class=\"anchor\" href=\"#{WebUtility.HtmlEncode(heading.GetAttributes().Id)}\" aria-label=\"{words.LinkHere}\">#</a>";
        heading.Inline?.AppendChild(new HtmlInline(anchor));
    }

    /// <summary>Returns the plain text.</summary>
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
                // Chinese text has no space at a line break
                LineBreakInline => text.Length > 0 && text[^1] >= FirstOfEastAsia ? "" : " ",
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

    // Chinese words in English text get a language attribute for screen readers and fonts
    private sealed class LiteralHtml : HtmlObjectRenderer<LiteralInline>
    {
        protected override void Write(HtmlRenderer renderer, LiteralInline obj)
        {
            var text = obj.Content.ToString();
            for (var start = 0; start < text.Length;)
            {
                var isChinese = text[start] >= FirstOfEastAsia;
                var end = start;
                while (end < text.Length && text[end] >= FirstOfEastAsia == isChinese)
                    end++;
                var marks = isChinese && renderer.EnableHtmlForInline;
                renderer.Write(marks ? $"<span lang=\"{ReadingLanguage.Chinese.Tag}\">" : "").WriteEscape(text[start..end]).Write(marks ? "</span>" : "");
                start = end;
            }
        }
    }

    private sealed class CodeBlockHtml : HtmlObjectRenderer<CodeBlock>
    {
        protected override void Write(HtmlRenderer renderer, CodeBlock obj)
        {
            var code = obj.Lines.ToString();
            var language = (obj as FencedCodeBlock)?.Info;
            var html = CodeHtml.Write(code, language);
            renderer.Write("<pre class=\"source\" tabindex=\"0\"");
            if (!string.IsNullOrEmpty(language))
                renderer.Write(" data-language=\"").WriteEscape(language).Write("\"");
            renderer.Write("><code>").Write(html).Write("</code></pre>\n");
        }
    }
}

/// <summary>A heading of the page.</summary>
/// <param name="Level">The level, from 1 to 6.</param>
/// <param name="Id">The id for links.</param>
/// <param name="Text">The text.</param>
internal sealed record Heading(int Level, string Id, string Text);
