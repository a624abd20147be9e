using DeepLearning.Charts;
using static DeepLearning.Tests.Charts.Figures;

namespace DeepLearning.Tests.Charts;

public sealed class AxesTests
{
    private static readonly double[] _rates = [0.1, 0.01, 0.001, 0];

    [Fact]
    public void Equal_ratios_are_equal_distances_on_a_logarithmic_axis()
    {
        var figure = Of(new Panel { X = new Axis("rate") { IsLogarithmic = true } }, new Scatter("a", _rates, [1, 2, 3, 4]) { Mode = ScatterMode.Markers });

        var places = figure.Svg().All("circle").Where(dot => dot.Attribute("data-x") is not null).Select(dot => dot.Number("cx")).ToList();

        Assert.Equal(3, places.Count);
        Assert.Equal(places[1] - places[0], places[2] - places[1], 0.2);
        Assert.Equal("log", (string?)figure.Json()["layout"]!["xaxis"]!["type"]);
        Assert.Equal(["0.001", "0.01", "0.1"], figure.Svg().TicksOf("x").Select(tick => tick.Value));
    }

    [Fact]
    public void Within_one_power_of_ten_the_multiples_2_and_5_have_ticks()
    {
        var figure = Of(new Panel { Y = new Axis { IsLogarithmic = true } }, new Scatter("a", SomeX, [1, 2, 5, 9]));

        Assert.Equal(["1", "2", "5"], figure.Svg().TicksOf("y").Select(tick => tick.Value));
    }

    [Fact]
    public void A_histogram_can_have_a_logarithmic_axis()
    {
        var figure = Of(new Panel { Y = new Axis("count") { IsLogarithmic = true } }, new Histogram("a", [0, 1, 2, 3], [1000, 0, 10]));

        var columns = figure.Svg().All("rect").Where(column => column.Attribute("data-y") is not null).ToList();

        Assert.Equal(2, columns.Count);
        Assert.Equal(columns[0].Number("y") + columns[0].Number("height"), columns[1].Number("y") + columns[1].Number("height"), 0.2);
        Assert.True(columns[0].Number("height") > columns[1].Number("height"));
        Assert.True(columns[1].Number("height") > 10);
    }

    [Fact]
    public void Labels_are_at_integers()
    {
        var figure = Of(new Panel { X = new Axis("network") { Labels = ["plain", "norm"] } }, new Scatter("a", [0, 1, 1], [1, 2, 3]) { Mode = ScatterMode.Markers });

        var ticks = figure.Svg().TicksOf("x").ToList();
        Assert.Equal(["plain", "norm"], ticks.Select(tick => tick.Value));
        Assert.Equal(figure.Svg().All("circle").First().Number("cx"), ticks[0].Number("x"), 0.2);
        Assert.Equal(["plain", "norm"], figure.Json()["layout"]!["xaxis"]!["ticktext"]!.AsArray().Select(text => (string?)text));
    }

    [Fact]
    public void Labels_that_do_not_fit_side_by_side_are_rotated()
    {
        var names = Enumerable.Range(0, 12).Select(i => $"a rather long name {i}").ToArray();

        Assert.All(
            Of(new Panel { X = new Axis { Labels = names } }, new Scatter("a", SomeX, SomeY)).Svg().TicksOf("x"),
            tick => Assert.Contains("rotate", (string?)tick.Attribute("transform")));
        Assert.All(
            Of(new Bar("a", names, [.. names.Select(_ => 1.0)])).Svg().All("text").Where(text => text.Value.StartsWith("a rather", StringComparison.Ordinal)),
            label => Assert.Contains("rotate", (string?)label.Attribute("transform")));
    }
}
