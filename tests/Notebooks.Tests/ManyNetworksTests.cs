using System.Text.Json.Nodes;
using Notebooks.Tests.Running;

namespace Notebooks.Tests;

/// <summary>The tables and charts of chapter 15, whose run all tests of the class share.</summary>
public sealed class ManyNetworksTests(ManyNetworksTests.Run run) : IClassFixture<ManyNetworksTests.Run>
{
    [Fact]
    public void No_cell_fails()
        => Assert.DoesNotContain(run.Chapter.Outputs, output => (string?)output["output_type"] == "error");

    [Fact]
    public void The_table_of_results_starts_with_the_better_network()
    {
        var table = Assert.Single(run.Chapter.OutputsOf("OrderByDescending(\"validation accuracy\")"))["data"]!.AsObject();
        var html = Text(table["text/html"]!);
        Assert.Contains("<table", html, StringComparison.Ordinal);
        Assert.True(html.IndexOf(">batch_norm<", StringComparison.Ordinal) < html.IndexOf(">no_batch_norm<", StringComparison.Ordinal));
        Assert.Contains("validation accuracy", Text(table["text/plain"]!), StringComparison.Ordinal);
    }

    [Fact]
    public void The_chart_is_shown_as_plotly_and_as_svg()
    {
        var chart = Assert.Single(run.Chapter.OutputsOf("LearningCurves()"))["data"]!.AsObject();
        Assert.NotEmpty(chart["application/vnd.plotly.v1+json"]!["data"]!.AsArray());
        Assert.StartsWith("<svg", Text(chart["image/svg+xml"]!), StringComparison.Ordinal);
        Assert.Contains("<svg", Text(chart["text/html"]!), StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_shown_while_training_ends_with_every_epoch()
    {
        var table = Text(Assert.Single(run.Chapter.OutputsOf("TrainEpoch(network, loader, optimizer);"))["data"]!["text/html"]!);
        Assert.Equal(1 + 4, table.Split("<tr").Length - 1);
    }

    private static string Text(JsonNode node) => node is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string)node!;

    public sealed class Run : IAsyncLifetime
    {
        internal Chapter Chapter { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            using var offline = new OfflineDatasets();
            Chapter = await Chapter.RunAsync("15-many-networks.ipynb", ("epochs", "2"), ("batchSize", "2000"));
        }

        public Task DisposeAsync() => Task.CompletedTask;
    }
}
