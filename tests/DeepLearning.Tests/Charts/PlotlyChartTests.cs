using DeepLearning.Charts;
using static DeepLearning.Tests.Charts.Figures;

namespace DeepLearning.Tests.Charts;

public sealed class PlotlyChartTests
{
    [Fact]
    public void A_figure_is_data_and_layout()
    {
        var json = Of(new Scatter("a", SomeX, SomeY)).Json().AsObject();

        Assert.Equal(["data", "layout"], json.Select(pair => pair.Key));
    }

    [Fact]
    public void A_scatter_trace_carries_its_values_and_style()
    {
        var trace = Of(new Scatter("a", SomeX, SomeY) { Mode = ScatterMode.LinesAndMarkers, Dash = Dash.Dash, Color = "#123456" }).Json()["data"]![0]!;

        Assert.Equal("scatter", (string?)trace["type"]);
        Assert.Equal("a", (string?)trace["name"]);
        Assert.Equal("lines+markers", (string?)trace["mode"]);
        Assert.Equal("dash", (string?)trace["line"]!["dash"]);
        Assert.Equal("#123456", (string?)trace["line"]!["color"]);
        Assert.Equal(SomeX, trace["x"]!.AsArray().GetValues<double>());
        Assert.Equal(SomeY, trace["y"]!.AsArray().GetValues<double>());
    }

    [Fact]
    public void A_bar_trace_carries_categories_and_labels()
    {
        var panel = new Panel { Y = new Axis("accuracy (%)") { Format = AxisFormat.Percent } };

        var trace = Of(panel, new Bar("a", ["train", "test"], [0.5, 0.856])).Json()["data"]![0]!;

        Assert.Equal("bar", (string?)trace["type"]);
        Assert.Equal(["train", "test"], trace["x"]!.AsArray().GetValues<string>());
        Assert.Equal(["50.0 %", "85.6 %"], trace["text"]!.AsArray().GetValues<string>());
    }

    [Fact]
    public void Categories_that_look_like_numbers_stay_names()
    {
        var json = Of(new Bar("a", ["none", "2", "16"], [1, 2, 3])).Json();

        Assert.Equal("category", (string?)json["layout"]!["xaxis"]!["type"]);
    }

    [Fact]
    public void Values_that_are_not_finite_are_null()
    {
        var y = OfPoints([1, double.NaN, double.PositiveInfinity, 2]).Json()["data"]![0]!["y"]!.AsArray();

        Assert.Equal([false, true, true, false], y.Select(value => value is null));
    }

    [Fact]
    public void Doubles_keep_all_digits_and_floats_have_few()
    {
        var json = OfPoints([1.0 / 3, 0.1f]).ToJson();

        Assert.Contains("0.3333333333333333", json);
        Assert.Contains("0.1]", json);
    }

    [Fact]
    public void Panels_are_side_by_side_with_separate_axes()
    {
        var figure = new Figure(
            [new Scatter("a", SomeX, SomeY), new Scatter("b", SomeX, SomeY) { Panel = 1 }],
            new Layout("title", [new Panel("left"), new Panel("right") { X = new Axis("step"), Y = new Axis("loss") }]));

        var json = figure.Json();

        Assert.Equal("x2", (string?)json["data"]![1]!["xaxis"]);
        Assert.Equal("loss", (string?)json["layout"]!["yaxis2"]!["title"]!["text"]);
        Assert.Equal(["left", "right"], json["layout"]!["annotations"]!.AsArray().Select(title => (string?)title!["text"]));
        var left = json["layout"]!["xaxis"]!["domain"]!.AsArray().GetValues<double>().ToList();
        var right = json["layout"]!["xaxis2"]!["domain"]!.AsArray().GetValues<double>().ToList();
        Assert.True(left[1] < right[0]);
    }

    [Fact]
    public void The_background_is_transparent()
    {
        var layout = Of(new Scatter("a", SomeX, SomeY)).Json()["layout"]!;

        Assert.Equal("rgba(0,0,0,0)", (string?)layout["paper_bgcolor"]);
        Assert.Equal("rgba(0,0,0,0)", (string?)layout["plot_bgcolor"]);
    }

    [Fact]
    public void Few_epochs_have_a_tick_each()
    {
        var panel = new Panel { X = new Axis("epoch") { Format = AxisFormat.Whole } };

        Assert.Equal(1, (int?)Of(panel, new Scatter("a", SomeX, SomeY)).Json()["layout"]!["xaxis"]!["dtick"]);
    }

    [Fact]
    public void Names_are_not_interpreted_as_markup()
    {
        var trace = Of(new Scatter("a<b> & 网络", SomeX, SomeY)).Json()["data"]![0]!;

        Assert.Equal("a&lt;b&gt; &amp; 网络", (string?)trace["name"]);
    }
}
