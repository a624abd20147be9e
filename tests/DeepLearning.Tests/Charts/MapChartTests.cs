using DeepLearning.Charts;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Charts;

public sealed class MapChartTests
{
    [Fact]
    public void A_contour_shows_the_function_and_the_paths_on_it()
    {
        var figure = Chart.Contour((x, y) => x * x + y, (-2, 2), (0, 1), paths: new Scatter("path", [1, 0], [1, 0]));

        var map = Assert.IsType<Contour>(figure.Data[0]);
        Assert.Equal((-2, 2, 0, 1), (map.X[0], map.X[^1], map.Y[0], map.Y[^1]));
        Assert.Equal(map.X[3] * map.X[3] + map.Y[5], map.Z[5, 3], 1e-12);
        Assert.Equal("path", figure.Data[1].Name);
    }

    [Fact]
    public void Five_paths_have_five_colors_that_are_visible_on_a_white_page()
    {
        var paths = Enumerable.Range(0, 5).Select(i => new Scatter($"path {i}", [i], [i]));

        var colors = Chart.Contour((x, y) => x + y, (0, 5), (0, 5), paths: paths).Data.Skip(1).Select(path => path.Color!).ToList();

        Assert.Equal(5, colors.Distinct().Count());
        Assert.All(colors, color => Assert.True(color.Substring(1).Chunk(2).Min(channel => Convert.ToInt32(new string(channel), 16)) < 0xc0, color));
    }

    [Fact]
    public void Regions_are_the_predicted_classes()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Sequential(nn.Linear(2, 2, hasBias: false), nn.BatchNorm1d(2));
        using (no_grad())
            ((TorchSharp.Modules.Linear)network[0]).weight!.copy_(tensor(new[,] { { -1f, 0f }, { 1f, 0f } }));
        network.train();
        var points = tensor(new[,] { { -1f, 0f }, { 1f, 0f }, { 1f, 2f } });

        var figure = Chart.DecisionRegions(network, points, tensor(new[] { 0L, 1, 1 }), ["left", "right"]);

        var map = Assert.IsType<Heatmap>(figure.Data[0]);
        Assert.Equal((0, 1), (map.Z[0, 0], map.Z[0, map.X.Count - 1]));
        Assert.Equal(["left", "right"], figure.Data.Skip(1).Select(trace => trace.Name));
        Assert.Equal([0.0, 2.0], figure.Data[2].Values);
        Assert.True(network.training);
    }

    [Fact]
    public void Points_of_more_features_are_rejected_with_their_shape()
    {
        using var scope = NewDisposeScope();

        var error = Assert.Throws<ArgumentException>(() => Chart.DecisionRegions(x => x.argmax(1), zeros(4, 3), zeros(4, ScalarType.Int64)));

        Assert.Contains("[4, 3]", error.Message);
    }

    [Fact]
    public void A_model_with_one_output_is_rejected_with_advice()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Linear(2, 1);

        var error = Assert.Throws<ArgumentException>(() => Chart.DecisionRegions(network, zeros(4, 2), zeros(4, ScalarType.Int64)));

        Assert.Contains("one output, give a function that returns classes", error.Message);
    }
}
