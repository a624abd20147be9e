using System.Text.Json.Nodes;

namespace Notebooks.Tests.Shape;

/// <summary>The chart of the site's front page, which tools/front-chart.cs writes.</summary>
public sealed class FrontChartTests
{
    [Fact]
    public void It_is_the_saved_chart_of_its_chapter()
    {
        var file = Assert.Single(Directory.GetFiles(Path.Combine(CourseTable.Root, "docs", "site"), "*.chart.json"));
        var chart = JsonNode.Parse(File.ReadAllText(file))!;
        var saved = ShapeTests.Read(Path.GetFileName(file).Replace(".chart.json", ".ipynb", StringComparison.Ordinal)).CodeCells
            .SelectMany(cell => cell.Outputs)
            .Select(output => output?["data"]?["image/svg+xml"])
            .OfType<JsonNode>();
        Assert.Contains(Text(chart["image/svg+xml"]!), saved.Select(Text));
    }

    private static string Text(JsonNode node) => node is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string)node!;
}
