using DeepLearning.Charts;
using DeepLearning.Data;
using static DeepLearning.Tests.Charts.Figures;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Charts;

public sealed class SeriesChartTests
{
    [Fact]
    public void A_line_accepts_numbers_of_any_type()
    {
        var line = Assert.IsType<Scatter>(Assert.Single(Chart.Line(new[] { 3f, 2f, 1.5f }, "Loss", "epoch", "loss").Data));

        Assert.Equal([1, 2, 3], line.X);
        Assert.Equal([3, 2, 1.5], line.Y);
        Assert.Equal([1, 4], Assert.IsType<Scatter>(Chart.Scatter(new[] { 1, 2 }, new[] { 1L, 4 }).Data[0]).Y);
    }

    [Fact]
    public void One_series_needs_no_legend_and_two_do()
    {
        Assert.False(Chart.Line(SomeY).Data[0].ShowInLegend);
        Assert.All(
            Chart.Line("title", new Axis("x"), new Axis("y"), new Scatter("a", SomeX, SomeY), new Scatter("b", SomeX, SomeY)).Data,
            trace => Assert.True(trace.ShowInLegend));
    }

    [Fact]
    public void A_histogram_counts_every_finite_value_once()
    {
        double[] values = [0, 0.1, 0.5, 0.99, 1, double.NaN];

        var histogram = Assert.IsType<Histogram>(Assert.Single(Chart.Histogram(values, bins: 4).Data));

        Assert.Equal([0, 0.25, 0.5, 0.75, 1], histogram.Edges);
        Assert.Equal([2, 0, 1, 2], histogram.Values);
    }

    [Fact]
    public void A_histogram_takes_a_tensor_that_needs_gradients()
    {
        using var weights = arange(6, dtype: ScalarType.Float32).view(2, 3).transpose(0, 1).requires_grad_();

        Assert.Equal([3, 3], Chart.Histogram(weights, bins: 2).Data[0].Values);
    }

    [Fact]
    public void Equal_values_are_in_one_bin()
    {
        Assert.Equal(3, Chart.Histogram(new[] { 7, 7, 7 }).Data[0].Values.Sum());
        Assert.Equal(0, Chart.Histogram(Array.Empty<int>()).Data[0].Values.Sum());
    }

    [Fact]
    public void The_heights_of_a_histogram_are_its_counts()
    {
        var svg = Of(new Histogram("a", [0, 1, 3], [2, 4])).Svg();

        var columns = svg.All("rect").Where(rect => rect.Attribute("data-x") is not null).ToList();
        Assert.Equal([2, 4], columns.Select(column => column.Number("data-y")));
        Assert.Equal(2 * columns[0].Number("height"), columns[1].Number("height"), 0.3);
        Assert.Equal(2 * columns[0].Number("width"), columns[1].Number("width"), 1.1);
        Assert.Equal("overlay", (string?)Of(new Histogram("a", [0, 1, 3], [2, 4])).Json()["layout"]!["barmode"]);
    }

    [Fact]
    public void Edges_must_be_in_ascending_order()
    {
        Assert.Throws<ArgumentException>(() => new Histogram("a", [0, 2, 1], [1, 1]));
        Assert.Throws<ArgumentException>(() => new Histogram("a", [0, 1], [1, 1]));
    }

    [Fact]
    public void Pixels_are_counted_with_and_without_the_background()
    {
        var images = new IdxFile([1, 2, 2], [0, 0, 3, 255]);

        var figure = Chart.PixelHistogram(new ImageDataset("two", ["a"], images, new IdxFile([1], [0]), isSynthetic: false));

        Assert.Equal((3, 1), (figure.Data[0].Values[0], figure.Data[1].Values[0]));
        Assert.Equal((1, 1), (figure.Data[0].Values[^1], figure.Data[1].Values[^1]));
    }

    [Fact]
    public void Schedules_of_the_learning_rate_share_a_panel()
    {
        var figure = Chart.LearningRate(new Dictionary<string, IEnumerable<double>> { ["steps"] = [0.1, 0.01], ["cosine"] = [0.1, 0.05] }, "epoch", logarithmic: true);

        Assert.Equal(["steps", "cosine"], figure.Data.Select(trace => trace.Name));
        Assert.True(figure.Layout.Panels[0].Y.IsLogarithmic);
    }
}
