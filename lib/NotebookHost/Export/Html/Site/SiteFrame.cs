using System.Net;
using System.Text;
using System.Text.Json;
using NotebookHost.Notebooks;

namespace NotebookHost.Export.Html.Site;

/// <summary>The frame of a site's pages in one language: shared files, and a bar with the search, the other languages and the theme.</summary>
/// <param name="language">The language.</param>
/// <param name="languages">All languages of the site.</param>
/// <param name="title">The title of the site.</param>
/// <param name="map">The list of all pages.</param>
/// <param name="repository">The repository of the notebooks; null for none.</param>
/// <param name="api">The address of the API reference; null for none.</param>
internal sealed class SiteFrame(
    ReadingLanguage language, IReadOnlyList<ReadingLanguage> languages, string title, SiteMap map, GitHubRepository? repository, string? api)
{
    private const string Icon = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='7' fill='%230969da'/%3E"
        + "%3Cpath d='M4 11 7 6l2 3 3-5' fill='none' stroke='white' stroke-width='1.6'/%3E%3C/svg%3E";

    private readonly PageTexts _words = PageTexts.In(language);

    /// <summary>Returns the subfolder of a language's pages in the folder of the site; empty for the language that notebooks are written in.</summary>
    public static string FolderOf(ReadingLanguage language) => language == ReadingLanguage.English ? "" : language.Code + "/";

    /// <summary>Returns the file name of a language's search index.</summary>
    public static string IndexOf(ReadingLanguage language) => $"search.{language.Tag}.js";

    /// <summary>Returns the frame of a page.</summary>
    /// <param name="file">The file name of the page, which is the same in every language.</param>
    /// <param name="hasPlotly">Whether the page loads plotly.js from the shared files.</param>
    /// <param name="actions">The actions of the page: links with their texts.</param>
    public PageFrame Of(string file, bool hasPlotly, IEnumerable<SiteAction> actions) => new()
    {
        Head = Head(file, hasPlotly),
        Bar = Bar(file),
        Course = file == PageList.IndexName ? "" : map.For(file),
        Lead = Lead([.. actions]),
    };

    /// <summary>Returns the relative path from a language's pages to the folder of the site.</summary>
    public static string TopOf(ReadingLanguage language) => language == ReadingLanguage.English ? "" : "../";

    private string Top => TopOf(language);

    private IEnumerable<ReadingLanguage> Others => languages.Where(other => other != language);

    private string Head(string file, bool hasPlotly)
    {
        var head = new StringBuilder();
        head.Append($"<link rel=\"icon\" href=\"{Icon}\">\n");
        foreach (var name in (string[])["page.css", "site.css"])
            head.Append($"<link rel=\"stylesheet\" href=\"{Top}{CourseSite.Shared}/{name}\">\n");
        foreach (var other in Others)
            head.Append($"<link rel=\"alternate\" hreflang=\"{other.Tag}\" href=\"{AddressIn(other, file)}\">\n");
        foreach (var name in hasPlotly ? ["search.js", "site.js", CourseSite.Plotly, "figures.js"] : (string[])["search.js", "site.js"])
            head.Append($"<script src=\"{Top}{CourseSite.Shared}/{name}\"></script>\n");
        return head.ToString();
    }

    private string Bar(string file)
    {
        var spoken = new { _words.Copy, _words.Copied, _words.Codespaces, _words.OneResult, _words.Results, _words.InsteadOf, _words.NoResults, _words.NoIndex };
        var words = WebUtility.HtmlEncode(JsonSerializer.Serialize(spoken, JsonSerializerOptions.Web));
        var bar = new StringBuilder();
        bar.Append($"<a class=\"skip\" href=\"#main\">{_words.Skip}</a>\n");
        bar.Append($"<header class=\"bar\" data-index=\"{Top}{CourseSite.Shared}/{IndexOf(language)}\" data-words=\"{words}\"");
        if (repository is not null)
            bar.Append($" data-codespaces=\"{repository.Codespaces}\"");
        bar.Append(">\n");
        bar.Append($"<a class=\"home\" href=\"{PageList.IndexName}\">").Append(WebUtility.HtmlEncode(title)).Append("</a>\n");
        bar.Append($"""
            <div class="search scripted" role="search">
            <input type="search" placeholder="{_words.Search}" aria-label="{_words.SearchAll}" aria-keyshortcuts="/" autocomplete="off" spellcheck="false">
            <div class="results" hidden><p role="status"></p><ol></ol></div>
            </div>

            """);
        if (api is not null)
            bar.Append($"<a class=\"api\" href=\"{api}\">API</a>\n");
        foreach (var other in Others)
            bar.Append($"<a class=\"language\" lang=\"{other.Tag}\" hreflang=\"{other.Tag}\" href=\"{AddressIn(other, file)}\">{other.Name}</a>\n");
        bar.Append($"""
            <button class="theme scripted" type="button" title="{_words.Theme}" aria-label="{_words.Theme}">
            <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor"/></svg>
            </button>
            </header>

            """);
        return bar.ToString();
    }

    private static string Lead(IReadOnlyList<SiteAction> actions)
    {
        if (actions.Count == 0)
            return "";
        var links = actions.Select(action =>
            $"<a href=\"{WebUtility.HtmlEncode(action.Address)}\"{(action.IsDownload ? " download" : "")}>{WebUtility.HtmlEncode(action.Words)}</a>");
        return $"<p class=\"actions\">{string.Join('\n', links)}</p>\n";
    }

    private string AddressIn(ReadingLanguage other, string file) => WebUtility.HtmlEncode(Top + FolderOf(other) + Uri.EscapeDataString(file));
}

/// <summary>A link to an action of a page.</summary>
internal sealed record SiteAction(string Words, string Address, bool IsDownload = false);
