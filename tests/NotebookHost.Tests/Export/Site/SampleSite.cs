using System.Text.Json.Nodes;
using NotebookHost.Export.Html.Site;
using NotebookHost.Notebooks;

namespace NotebookHost.Tests.Export.Site;

/// <summary>A small course in two languages with all that chapters have, and its site.</summary>
internal static class SampleSite
{
    private const string Plotly = """
        window.Plotly = { newPlot: (target) => target.append('drawn'), relayout: () => {} };
        """;

    /// <summary>A line as long as chapters may have.</summary>
    public static string LongLine { get; } = "var sum = 1" + string.Concat(Enumerable.Repeat(" + 11", 21)) + "; //";

    /// <summary>Writes notebooks and their site into a folder.</summary>
    /// <returns>The site's folder.</returns>
    public static string Write(TemporaryFolder folder, GitHubRepository? repository = null, bool hasData = true)
    {
        folder.Write("README.md", Readme("The course", "First steps", "Further", "One", "Two", "Three"));
        folder.Write("README.zh-CN.md", Readme("课程", "入门", "深入", "一", "二", "三"));
        folder.Write("notebooks/images/dot.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2000\" height=\"20\"><title>dot</title></svg>");
        NotebookDocument.Create(
            Prose("# One\n\nWhat **one** is for. Why?\n\n![a wide dot in words](images/dot.svg)", "# 一\n\n**一**讲什么。为什么？\n\n![文字说明的点](images/dot.svg)"),
            Prose("## The data\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nOn to [two](two.ipynb#a-network).", "## 数据\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n见[二](two.ipynb#a-network)。"),
            Shown(LongLine, ("text/html", $"<table><thead><tr><th></th>{string.Concat(Enumerable.Repeat("<th>wide column</th>", 20))}</tr></thead><tbody><tr><th>x</th></tr></tbody></table>")),
            Shown(
                "Chart.Line()",
                ("application/vnd.plotly.v1+json", """{"data": [], "layout": {}}"""),
                ("image/svg+xml", "<svg viewBox=\"0 0 640 300\" role=\"img\" aria-label=\"a line\" xmlns=\"http://www.w3.org/2000/svg\"><g class=\"panel\"/></svg>")),
            Prose(string.Join("\n\n", Enumerable.Repeat("Filling.", 60)), string.Join("\n\n", Enumerable.Repeat("填充。", 60))),
            Prose("## A convolution\n\nIt slides over the image.", "## 卷积\n\n它在图像上滑动。"),
            Solution("// Exercise 1:\nvar answer = 42;")).Write(folder["notebooks/one.ipynb"]);
        if (!hasData)
        {
            var one = NotebookDocument.Read(folder["notebooks/one.ipynb"]);
            foreach (var output in one.CodeCells.SelectMany(cell => cell.Outputs))
                (output!["data"] as JsonObject)?.Remove("application/vnd.plotly.v1+json");
            one.Write(folder["notebooks/one.ipynb"]);
        }
        NotebookDocument.Create(Prose("# Two\n\nMore.\n\n## A network", "# 二\n\n更多。\n\n## 网络")).Write(folder["notebooks/two.ipynb"]);
        NotebookDocument.Create(Prose("# Three\n\nStill more.", null), NotebookCell.Code("Console.WriteLine(3);")).Write(folder["notebooks/three.ipynb"]);

        var notebooks = new[] { "one", "two", "three" }.Select(name => folder[$"notebooks/{name}.ipynb"]).Select(path => (path, NotebookDocument.Read(path)));
        new CourseSite([.. notebooks], folder.Path, repository, () => Plotly).Write(folder["site"]);
        return folder["site"];
    }

    public static NotebookCell Prose(string english, string? chinese)
    {
        var cell = NotebookCell.Markdown(english);
        if (chinese is not null)
            cell.Metadata["translations"] = new JsonObject { ["zh-CN"] = MultilineText.Split(chinese) };
        return cell;
    }

    private static NotebookCell Solution(string source)
    {
        var cell = NotebookCell.Code(source, "solution");
        cell.Metadata["jupyter"] = new JsonObject { ["source_hidden"] = true };
        return cell;
    }

    private static NotebookCell Shown(string source, params (string MimeType, string Content)[] shown)
    {
        var cell = NotebookCell.Code(source);
        cell.Outputs.Add((JsonNode)new JsonObject
        {
            ["output_type"] = "display_data",
            ["data"] = new JsonObject(shown.Select(form => KeyValuePair.Create(
                form.MimeType, form.MimeType.EndsWith("json", StringComparison.Ordinal) ? JsonNode.Parse(form.Content) : form.Content))),
            ["metadata"] = new JsonObject(),
        });
        return cell;
    }

    private static string Readme(string title, string first, string second, string one, string two, string three) => $"""
        # {title}

        About it.

        | | chapter |
        |---|---|
        | | **{first}** |
        | 1 | [{one}](notebooks/one.ipynb) |
        | 2 | [{two}](notebooks/two.ipynb) |
        | | **{second}** |
        | 3 | [{three}](notebooks/three.ipynb) |

        """;
}
