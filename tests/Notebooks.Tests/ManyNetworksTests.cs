using System.Text.Json.Nodes;

namespace Notebooks.Tests;

public sealed class ManyNetworksTests : IDisposable
{
    private const string Name = "15-many-networks.ipynb";

    private readonly Dictionary<string, string?> _environment = [];

    public void Dispose()
    {
        foreach (var (name, value) in _environment)
            Environment.SetEnvironmentVariable(name, value);
    }

    [Fact]
    public async Task The_chapter_shows_its_table_and_its_chart()
    {
        Set("DATASETS_OFFLINE", "1");
        var chapter = await Chapter.RunAsync(Name);
        Assert.DoesNotContain(chapter.Outputs, output => (string?)output["output_type"] == "error");

        var table = Assert.Single(chapter.OutputsOf("OrderByDescending(\"validation accuracy\")"))["data"]!.AsObject();
        var html = Text(table["text/html"]!);
        Assert.Contains("<table", html, StringComparison.Ordinal);
        Assert.True(html.IndexOf(">batch_norm<", StringComparison.Ordinal) < html.IndexOf(">no_batch_norm<", StringComparison.Ordinal));
        Assert.Contains("validation accuracy", Text(table["text/plain"]!), StringComparison.Ordinal);

        var chart = Assert.Single(chapter.OutputsOf("LearningCurves()"))["data"]!.AsObject();
        Assert.NotEmpty(chart["application/vnd.plotly.v1+json"]!["data"]!.AsArray());
        Assert.StartsWith("<svg", Text(chart["image/svg+xml"]!), StringComparison.Ordinal);
        Assert.Contains("<svg", Text(chart["text/html"]!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_table_shown_while_training_ends_with_every_epoch()
    {
        Set("DATASETS_OFFLINE", "1");
        var chapter = await Chapter.RunAsync(Name, ("epochs", "2"), ("batchSize", "2000"));
        var table = Text(Assert.Single(chapter.OutputsOf("TrainEpoch(network, loader, optimizer);"))["data"]!["text/html"]!);
        Assert.Equal(1 + 4, table.Split("<tr").Length - 1);
    }

    private static string Text(JsonNode node) => node is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string)node!;

    private void Set(string name, string? value)
    {
        _environment.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }
}
