using DeepLearning.Charts;
using static DeepLearning.Tests.Charts.Figures;

namespace DeepLearning.Tests.Charts;

public sealed class GridTests
{
    private static readonly Heatmap _map = new("map", [0, 1, 2], [0, 1], new double[,] { { 1, 2, 3 }, { 4, double.NaN, 6 } })
    {
        Texts = new[,] { { "1", "2", "3" }, { "4", "none", "6" } },
        ScaleTitle = "samples",
    };

    [Fact]
    public void Each_number_is_a_cell_with_its_position_and_color()
    {
        var cells = Of(_map).Svg().All("rect").Where(cell => cell.Attribute("data-z") is not null).ToList();

        Assert.Equal([1, 2, 3, 4, 6], cells.Select(cell => cell.Number("data-z")));
        Assert.Equal(ColorScale.Viridis.Colors[0], cells[0].Attribute("fill")!.Value);
        Assert.Equal(ColorScale.Viridis.Colors[^1], cells[^1].Attribute("fill")!.Value);
        Assert.Equal(cells[0].Number("y"), cells[2].Number("y"));
        Assert.True(cells[3].Number("y") < cells[0].Number("y"));
        Assert.Equal(cells[1].Number("x") - cells[0].Number("x"), cells[2].Number("x") - cells[1].Number("x"), 0.2);
    }

    [Fact]
    public void A_reversed_axis_puts_the_first_row_on_top()
    {
        var panel = new Panel { Y = new Axis { Labels = ["first", "second"], IsReversed = true } };

        var figure = Of(panel, _map);

        var ticks = figure.Svg().TicksOf("y").ToList();
        Assert.Equal(["first", "second"], ticks.Select(tick => tick.Value));
        Assert.True(ticks[0].Number("y") < ticks[1].Number("y"));
        Assert.Equal([1.5, -0.5], figure.Json()["layout"]!["yaxis"]!["range"]!.AsArray().GetValues<double>());
    }

    [Fact]
    public void Texts_of_cells_are_legible()
    {
        var texts = Of(_map).Svg().All("g").First(group => (string?)group.Attribute("class") == "trace").All("text").ToDictionary(text => text.Value, text => (string?)text.Attribute("fill"));

        Assert.Equal(("#ffffff", "#111111", (string?)null), (texts["1"], texts["6"], texts["none"]));
        var annotations = Of(_map).Json()["layout"]!["annotations"]!.AsArray().Skip(1).ToList();
        Assert.Equal(["1", "2", "3", "4", "none", "6"], annotations.Select(text => (string?)text!["text"]));
        Assert.Equal("#ffffff", (string?)annotations[0]!["font"]!["color"]);
        Assert.Null(annotations[4]!["font"]!["color"]);
    }

    [Fact]
    public void No_line_crosses_the_text_of_a_cell_without_a_color()
    {
        var axes = Of(_map).Svg().All("g").Where(group => ((string?)group.Attribute("class"))?.StartsWith("axis", StringComparison.Ordinal) == true);

        Assert.Empty(axes.SelectMany(axis => axis.All("path")));
    }

    [Fact]
    public void A_heat_map_has_null_for_gaps_in_plotly()
    {
        var trace = Of(_map).Json()["data"]![0]!;

        Assert.Equal("heatmap", (string?)trace["type"]);
        Assert.Equal([4.0, null, 6.0], trace["z"]![1]!.AsArray().Select(value => (double?)value));
        Assert.Equal((1, 6), ((double)trace["zmin"]!, (double)trace["zmax"]!));
        Assert.Equal("samples", (string?)trace["colorbar"]!["title"]!["text"]);
    }

    [Fact]
    public void A_large_grid_is_an_image_with_a_pixel_per_cell()
    {
        var figure = Of(new Heatmap("large", Counted(40), Counted(30), new double[30, 40]));

        var image = Assert.Single(figure.Svg().All("image"));

        Assert.StartsWith("data:image/png;base64,", (string?)image.Attribute("href"));
        Assert.InRange(figure.ToSvg().Length, 1, 12_000);
    }

    [Fact]
    public void Contours_are_at_their_levels()
    {
        double[] places = Counted(21);
        var heights = new double[21, 21];
        for (var i = 0; i < heights.Length; i++)
            heights[i / 21, i % 21] = Math.Pow(places[i % 21] - 11, 2) + Math.Pow(places[i / 21] - 11, 2);

        var contour = new Contour("bowl", places, places, heights) { Lines = 4 };

        var levels = Isolines.Levels(contour);
        Assert.All(Isolines.Of(contour, 1), line =>
        {
            var height = Math.Pow(line.From.X - 11, 2) + Math.Pow(line.From.Y - 11, 2);
            Assert.Contains(levels, level => Math.Abs(level - height) < 0.5);
        });
        Assert.NotEmpty(Isolines.Of(contour, 1));
        Assert.Equal("contour", (string?)Of(contour).Json()["data"]![0]!["type"]);
    }

    [Fact]
    public void Points_on_a_map_use_its_axes()
    {
        var svg = Of(_map, new Scatter("points", [0, 2], [0, 1]) { Mode = ScatterMode.Markers }).Svg();

        var (dot, cell) = (svg.All("circle").First(), svg.All("rect").First(rect => rect.Attribute("data-z") is not null));
        Assert.Equal(cell.Number("x") + cell.Number("width") / 2, dot.Number("cx"), 0.2);
        Assert.Equal(cell.Number("y") + cell.Number("height") / 2, dot.Number("cy"), 0.2);
    }

    [Fact]
    public void A_grid_must_match_its_coordinates()
    {
        Assert.Contains("[2, 3]", Assert.Throws<ArgumentException>(() => new Heatmap("a", [1, 2, 3], [1, 2], new double[3, 2])).Message);
    }

    private static double[] Counted(int count) => [.. Enumerable.Range(1, count).Select(i => (double)i)];
}
