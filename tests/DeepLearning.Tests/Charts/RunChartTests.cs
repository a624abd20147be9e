using System.Globalization;
using DeepLearning.Charts;
using Microsoft.Data.Analysis;

namespace DeepLearning.Tests.Charts;

public sealed class RunChartTests
{
    private static readonly DataFrame _runs = new(
        new DoubleDataFrameColumn("lr", new double?[] { 0.1, 0.001, 0.01, 0.1 }),
        new StringDataFrameColumn("network", ["plain", "norm", "norm", "plain"]),
        new Int32DataFrameColumn("epoch", [1, 2, 3, 4]),
        new DoubleDataFrameColumn("accuracy", new double?[] { 0.7, 0.9, 0.8, null }));

    [Fact]
    public void Each_run_with_a_result_is_a_line_through_its_settings()
    {
        var lines = Assert.IsType<ParallelCoordinates>(Assert.Single(Chart.ParallelCoordinates(_runs, "accuracy", "lr", "network", "epoch").Data));

        Assert.Equal(["lr", "network", "epoch", "accuracy"], lines.Dimensions.Select(dimension => dimension.Title));
        Assert.Equal(["0.001", "0.01", "0.1"], lines.Dimensions[0].Labels);
        Assert.Equal([2, 0, 1], lines.Dimensions[0].Values);
        Assert.Equal([1, 0, 0], lines.Dimensions[1].Values);
        Assert.Equal(["1", "2", "3"], lines.Dimensions[2].Labels);
        Assert.Equal([0.7, 0.9, 0.8], lines.Values);
    }

    [Fact]
    public void The_best_line_is_drawn_last()
    {
        var svg = Chart.ParallelCoordinates(_runs, "accuracy", "lr", "network").Svg();

        var lines = svg.All("path").Where(path => path.Attribute("data-y") is not null).ToList();
        Assert.Equal([0.7, 0.8, 0.9], lines.Select(line => line.Number("data-y")));
        Assert.Equal(ColorScale.Lines.Colors[^1], (string?)lines[^1].Attribute("stroke"));
    }

    [Fact]
    public void Lines_have_gaps_at_labels_and_reach_their_axes()
    {
        var svg = Chart.ParallelCoordinates(_runs, "accuracy", "lr", "network", "epoch").Svg();

        var labels = svg.All("text").Where(text => text.Attribute("data-value") is not null && (string?)text.Attribute("text-anchor") == "end")
            .Select(text => (Left: text.Number("x") - 8, Right: text.Number("x"), Middle: text.Number("y") - 4.5)).ToList();
        var axes = labels.Select(label => label.Right + 6).Distinct().ToList();
        foreach (var line in svg.All("path").Where(path => path.Attribute("data-y") is not null))
        {
            var parts = line.Attribute("d")!.Value.Split('M', StringSplitOptions.RemoveEmptyEntries)
                .Select(part => part.Split('L').Select(place => place.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray()).ToList());
            var segments = parts.SelectMany(part => part.Zip(part.Skip(1))).ToList();
            Assert.All(labels, label => Assert.DoesNotContain(segments, segment => Crosses(segment, label)));
            Assert.All(axes, axis => Assert.Contains(segments, segment => Math.Abs(segment.First[0] - axis) < 4 || Math.Abs(segment.Second[0] - axis) < 4));
        }

        static bool Crosses((double[] First, double[] Second) segment, (double Left, double Right, double Middle) label)
        {
            var at = (label.Left + label.Right) / 2;
            if (at <= segment.First[0] || at >= segment.Second[0])
                return false;
            var share = (at - segment.First[0]) / (segment.Second[0] - segment.First[0]);
            return Math.Abs(segment.First[1] + (share * (segment.Second[1] - segment.First[1])) - label.Middle) < 3;
        }
    }

    [Fact]
    public void A_long_title_of_the_last_axis_stays_within_the_figure()
    {
        var runs = new DataFrame(new Int32DataFrameColumn("seed", [50, 51]), new DoubleDataFrameColumn("validation accuracy", new double?[] { 0.7, 0.9 }));

        var svg = Chart.ParallelCoordinates(runs, "validation accuracy", "seed").Svg();

        var heading = svg.All("text").Single(text => text.Value == "validation accuracy");
        Assert.Equal("end", (string?)heading.Attribute("text-anchor"));
        Assert.True(heading.Number("x") <= svg.Number("width"));
    }

    [Fact]
    public void An_integer_setting_has_integers_on_its_axis()
    {
        var runs = new DataFrame(new Int32DataFrameColumn("seed", [50, 51]), new DoubleDataFrameColumn("accuracy", new double?[] { 0.7, 0.9 }));

        Assert.Equal(AxisFormat.Whole, Chart.SettingAgainstMetric(runs, "seed", "accuracy").Layout.Panels[0].X.Format);
        Assert.Equal(["50", "51"], ((ParallelCoordinates)Chart.ParallelCoordinates(runs, "accuracy", "seed").Data[0]).Dimensions[0].Labels);
    }

    [Fact]
    public void Plotly_has_an_axis_for_each_column_with_its_labels()
    {
        var trace = Chart.ParallelCoordinates(_runs, "accuracy", "network").Json()["data"]![0]!;

        Assert.Equal("parcoords", (string?)trace["type"]);
        Assert.Equal(["norm", "plain"], trace["dimensions"]![0]!["ticktext"]!.AsArray().Select(text => (string?)text));
        Assert.Equal([0.7, 0.9, 0.8], trace["line"]!["color"]!.AsArray().Select(value => Math.Round((double)value!, 6)));
    }

    [Fact]
    public void A_setting_is_drawn_against_its_results_and_their_mean()
    {
        var figure = Chart.SettingAgainstMetric(_runs, "network", "accuracy");

        Assert.Equal(["norm", "plain"], figure.Layout.Panels[0].X.Labels);
        Assert.Equal([0.7, 0.9, 0.8], figure.Data[0].Values);
        Assert.Equal([0.85, 0.7], figure.Data[1].Values.Select(mean => Math.Round(mean, 6)));
    }

    [Fact]
    public void A_missing_column_is_named_with_the_existing_ones()
    {
        var error = Assert.Throws<ArgumentException>(() => Chart.SettingAgainstMetric(_runs, "rate", "accuracy"));

        Assert.Equal("There is no column 'rate'; the columns are lr, network, epoch, accuracy.", error.Message);
        Assert.Throws<ArgumentException>(() => Chart.ParallelCoordinates(_runs, "network", "lr"));
    }
}
