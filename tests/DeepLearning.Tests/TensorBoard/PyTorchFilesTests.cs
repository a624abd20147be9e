using DeepLearning.TensorBoard;

namespace DeepLearning.Tests.TensorBoard;

// Files that PyTorch's SummaryWriter wrote, by pytorch/make.py.
public sealed class PyTorchFilesTests
{
    private static readonly Board _board = Board.Read(Path.Combine(AppContext.BaseDirectory, "TensorBoard", "pytorch", "run"));

    [Fact]
    public void Its_curves_are_read_with_their_groups()
    {
        Assert.Equal([".", "accuracy_test", "accuracy_train", "settings"], _board.Runs.Select(run => run.Name));
        Assert.Equal(
            Enumerable.Range(0, 5).Select(step => ((long)step, (double)(1f / (1 + step)), 1_700_000_000L + step)),
            _board["."].Scalars["loss/train"].Select(point => (point.Step, point.Value, point.Time.ToUnixTimeSeconds())));
        Assert.Equal(0.25, Assert.Single(_board["accuracy_test"].Scalars["accuracy"]).Value);
        Assert.All(_board.Runs, run => Assert.Empty(run.Notes));
    }

    [Fact]
    public void Its_histogram_has_all_values()
    {
        var histogram = Assert.Single(_board["."].Histograms["weights"]);

        Assert.Equal((2, -4, 5, 10), (histogram.Step, histogram.Min, histogram.Max, histogram.Counts.Sum()));
    }

    [Fact]
    public void Its_image_and_its_text_are_read()
    {
        var image = Assert.Single(_board["."].Images["picture"]);

        Assert.Equal((1, 4, 3), (image.Step, image.Width, image.Height));
        Assert.Equal("PNG"u8.ToArray(), image.File[1..4].ToArray());
        Assert.Equal("**bold** 注", Assert.Single(_board["."].Texts["note"]).Text);
    }

    [Fact]
    public void Its_hyperparameters_are_read()
    {
        var run = _board["settings"];

        // PyTorch writes the Boolean as a number
        Assert.Equal(
            [("lr", 0.1), ("network", "plain"), ("shuffle", (object)1.0)],
            run.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting => (setting.Key, setting.Value)));
        Assert.Equal(("success", "hparam/accuracy"), (run.Status, Assert.Single(run.Metrics)));
    }

    [Fact]
    public void Its_graph_is_read_from_the_input_to_the_output()
    {
        var graph = _board["."].Graph;

        var output = Assert.Single(graph, node => node.Kind == "aten::relu");
        Assert.Equal("2 × 3", output.Shape);
        Assert.Contains(Assert.Single(output.Inputs), graph.Select(node => node.Name));
        Assert.Contains(graph, node => node.Kind == "IO Node" && node.Inputs.Count == 0);
    }
}
