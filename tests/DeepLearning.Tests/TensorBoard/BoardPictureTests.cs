using System.Xml.Linq;
using DeepLearning.Charts;
using DeepLearning.Models;
using DeepLearning.TensorBoard;
using TorchSharp.TensorBoard;
using static TorchSharp.torch;

namespace DeepLearning.Tests.TensorBoard;

public sealed class BoardPictureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_histogram_has_a_row_per_step_with_all_values()
    {
        using var narrow = linspace(-1, 1, 100);
        using var wide = linspace(-4, 4, 100);
        var board = Written(writer =>
        {
            writer.add_histogram("weight", narrow, 1);
            writer.add_histogram("weight", wide, 10);
        });

        var map = Assert.IsType<Heatmap>(Assert.Single(board.Histogram("a", "weight").Data));

        Assert.Equal(2, map.Y.Count);
        Assert.InRange(map.X[^1], 3, 4);
        foreach (var row in (int[])[0, 1])
            Assert.Equal(100, Enumerable.Range(0, map.X.Count).Sum(bin => double.IsNaN(map.Z[row, bin]) ? 0 : map.Z[row, bin]), 1e-6);
        Assert.True(double.IsNaN(map.Z[0, 0]), "The narrow row has no value at the left end.");
        Assert.Equal(["1", "10"], board.Histogram("a", "weight").Layout.Panels[0].Y.Labels);
    }

    [Fact]
    public void Equal_values_have_a_histogram()
    {
        using var same = zeros(5);
        var board = Written(writer => writer.add_histogram("bias", same, 1));

        var map = Assert.IsType<Heatmap>(Assert.Single(board.Histogram("a", "bias").Data));

        Assert.Equal(5, map.Values.Where(double.IsFinite).Sum(), 1e-6);
    }

    [Fact]
    public void The_image_shown_is_the_last()
    {
        using var small = zeros(1, 2, 3);
        using var large = zeros(1, 4, 6);
        var board = Written(writer =>
        {
            writer.add_image("picture", small, 0);
            writer.add_image("picture", large, 1);
        });

        var image = Assert.IsType<Image>(Assert.Single(board.Image("a", "picture").Data));

        Assert.Equal((6, 4), (image.Width, image.Height));
    }

    [Fact]
    public void A_graph_is_drawn_with_a_box_per_node_and_an_arrow_per_input()
    {
        using var network = new Network();
        using var images = zeros(2, 1, 28, 28);
        var board = Written(writer => writer.add_graph(network, images));

        var graph = board.Graph("a");
        var drawing = XDocument.Parse(graph.ToSvg());

        Assert.Equal(graph.Nodes.Count, Elements(drawing, "rect").Count());
        Assert.Equal(graph.Nodes.Sum(node => node.Inputs.Count), Elements(drawing, "path").Count(path => path.Attribute("marker-end") is not null));
        Assert.Contains("conv1 (Conv2d)", graph.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_static_board_shows_curves_histograms_and_images_within_its_page()
    {
        using var pixels = zeros(1, 2, 2);
        using var weights = randn(50);
        var board = Written(writer =>
        {
            writer.add_scalar("loss", 1, 1);
            writer.add_histogram("weight", weights, 1);
            writer.add_image("picture", pixels, 1);
        });

        var still = XDocument.Parse(board.ToSvg()).Root!;

        var figures = still.Elements().Where(element => element.Name.LocalName == "svg").ToList();
        Assert.Equal(3, figures.Count);
        Assert.All(figures, figure => Assert.True(
            Number(figure, "x") + Number(figure, "width") <= Number(still, "width") && Number(figure, "y") + Number(figure, "height") <= Number(still, "height")));
    }

    [Fact]
    public void The_static_board_of_several_runs_has_one_legend_and_curves_before_single_points()
    {
        foreach (var run in new[] { "first", "second" })
        {
            using var writer = new SummaryWriter(_folder[run]);
            foreach (var tag in new[] { "a", "b", "c", "d" })
                writer.add_scalar($"final/{tag}", 1, 2);
            for (var step = 1; step <= 2; step++)
                writer.add_scalar("loss", step, step);
        }

        var still = XDocument.Parse(Board.Read(_folder.Path).ToSvg());

        var texts = Elements(still, "text").Select(text => text.Value).ToList();
        Assert.Single(texts, text => text == "first");
        Assert.Single(texts, text => text == "second");
        Assert.Equal("loss", Elements(still, "svg").ElementAt(1).Elements().First(element => element.Name.LocalName == "title").Value);
    }

    [Fact]
    public void Many_runs_have_distinct_colors()
    {
        for (var run = 0; run < 20; run++)
        {
            using var writer = new SummaryWriter(_folder[$"run {run}"]);
            writer.add_scalar("loss", run, 1);
        }

        var colors = Board.Read(_folder.Path).Chart("loss").Data.Select(trace => trace.Color);

        Assert.Equal(20, colors.Distinct().Count());
    }

    [Fact]
    public void An_empty_board_has_a_static_drawing()
    {
        Assert.Contains("0 runs", Board.Read(_folder["nothing"]).ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_item_is_reported_with_the_existing_ones()
    {
        using var weights = randn(50);
        var board = Written(writer => writer.add_histogram("weight", weights, 1));

        Assert.Contains("its tags are weight", Assert.Throws<ArgumentException>(() => board.Histogram("a", "bias")).Message, StringComparison.Ordinal);
        Assert.Contains("its tags are none", Assert.Throws<ArgumentException>(() => board.Image("a", "picture")).Message, StringComparison.Ordinal);
        Assert.Contains("add_graph", Assert.Throws<ArgumentException>(() => board.Graph("a")).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<XElement> Elements(XDocument drawing, string name) => drawing.Descendants().Where(element => element.Name.LocalName == name);

    private static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, System.Globalization.CultureInfo.InvariantCulture);

    private Board Written(Action<SummaryWriter> write)
    {
        using (var writer = new SummaryWriter(_folder["a"]))
            write(writer);
        return Board.Read(_folder.Path);
    }
}
