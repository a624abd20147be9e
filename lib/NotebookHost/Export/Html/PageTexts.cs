using NotebookHost.Notebooks;

namespace NotebookHost.Export.Html;

/// <summary>The user interface texts of pages, by language.</summary>
internal sealed record PageTexts
{
    private static readonly PageTexts _english = new();

    private static readonly PageTexts _chinese = new()
    {
        Contents = "目录",
        Code = "代码",
        Output = "输出",
        Solution = "参考答案",
        LinkHere = "本节链接",
        Chapters = "章节",
        Neighbors = "上一章与下一章",
        Previous = "上一章",
        Next = "下一章",
        Course = "课程",
        Documentation = "文档",
        Api = "API 参考",
        NoApi = "此站点未包含 API 参考。",
        From = "图：",
        OneResult = "1 条结果",
        InsteadOf = "按“{0}”搜索",
        Skip = "跳到正文",
        Search = "搜索",
        SearchAll = "搜索全部页面",
        Results = "{0} 条结果",
        NoResults = "没有结果",
        NoIndex = "无法加载搜索索引",
        Theme = "切换深色与浅色",
        Copy = "复制",
        Copied = "已复制",
        Download = "下载笔记本",
        View = "在 GitHub 上查看",
        Codespaces = "在 Codespaces 中打开",
    };

    public string Contents { get; private init; } = "Contents";

    public string Code { get; private init; } = "Code";

    public string Output { get; private init; } = "Output";

    public string Solution { get; private init; } = "Solution";

    public string LinkHere { get; private init; } = "Link here";

    public string Chapters { get; private init; } = "Chapters";

    public string Neighbors { get; private init; } = "Previous and next chapter";

    public string Previous { get; private init; } = "Previous";

    public string Next { get; private init; } = "Next";

    public string Course { get; private init; } = "Course";

    public string Documentation { get; private init; } = "Documentation";

    public string Api { get; private init; } = "API reference";

    public string NoApi { get; private init; } = "This copy of the site has no API reference.";

    public string From { get; private init; } = "From";

    public string OneResult { get; private init; } = "1 result";

    public string InsteadOf { get; private init; } = "for \"{0}\"";

    public string Skip { get; private init; } = "Skip to the content";

    public string Search { get; private init; } = "Search";

    public string SearchAll { get; private init; } = "Search all pages";

    public string Results { get; private init; } = "{0} results";

    public string NoResults { get; private init; } = "No results";

    public string NoIndex { get; private init; } = "The search index cannot be loaded";

    public string Theme { get; private init; } = "Switch between dark and light";

    public string Copy { get; private init; } = "Copy";

    public string Copied { get; private init; } = "Copied";

    public string Download { get; private init; } = "Download notebook";

    public string View { get; private init; } = "View on GitHub";

    public string Codespaces { get; private init; } = "Open in Codespaces";

    public static PageTexts In(ReadingLanguage language) => language == ReadingLanguage.Chinese ? _chinese : _english;
}
