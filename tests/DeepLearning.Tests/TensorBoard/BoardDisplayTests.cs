using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DeepLearning.TensorBoard;
using TorchSharp;
using TorchSharp.TensorBoard;
using static TorchSharp.torch;

namespace DeepLearning.Tests.TensorBoard;

public sealed class BoardDisplayTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_html_is_self_contained_and_has_the_curves_for_pages_without_scripts()
    {
        Write(writer => writer.add_scalar("loss", 1, 1));

        var html = Board.Read(_folder.Path).ToHtml();

        Assert.Contains("<svg", html[..html.IndexOf("<script", StringComparison.Ordinal)]);
        Assert.All(Regex.Matches(html, "https?://[^\"'\\s]*"), match => Assert.Equal("http://www.w3.org/2000/svg", match.Value));
    }

    [Fact]
    public void Names_cannot_end_the_script_element()
    {
        Write(writer => writer.add_text("</script><script>alert(1)</script><!--", "<img src=x onerror=alert(1)>", 1));

        var html = Board.Read(_folder.Path).ToHtml();

        Assert.Single(Regex.Matches(html, "<script", RegexOptions.IgnoreCase));
        Assert.DoesNotContain("<img", html);
    }

    [Fact]
    public void Long_curves_are_downsampled_and_keep_their_last_point()
    {
        Write(writer =>
        {
            for (var step = 0; step < 20_000; step++)
                writer.add_scalar("loss", step % 7, step);
        });

        var curve = JsonNode.Parse(Board.Read(_folder.Path).ToJson())!["scalars"]!["loss"]!["a"]!;

        var steps = curve["steps"]!.AsArray().GetValues<long>().ToList();
        Assert.InRange(steps.Count, 300, 1001);
        Assert.Equal(19_999, steps[^1]);
        Assert.Equal(steps.Count, curve["values"]!.AsArray().Count);
    }

    [Fact]
    public void Histograms_are_redistributed_to_bins_of_equal_width()
    {
        using var values = randn(1000);
        Write(writer => writer.add_histogram("weights", values, 1));

        var found = JsonNode.Parse(Board.Read(_folder.Path).ToJson())!["histograms"]!["weights"]!["a"]!;

        Assert.Equal(1000, found["counts"]![0]!.AsArray().Sum(count => (double)count!), 1.0);
        Assert.Equal(values.min().ToSingle(), (double)found["min"]!, 1e-6);
    }

    [Fact]
    public void Counts_are_distributed_in_proportion_to_widths()
    {
        var point = new HistogramPoint(1, DateTimeOffset.UnixEpoch, 0, 4, [1, 4], [3, 6]);

        Assert.Equal([3, 2, 2, 2], EvenBins.Of(point, 0, 4, 4).Select(count => Math.Round(count, 6)));
    }

    [Fact]
    public void Many_images_are_reduced_to_a_few_steps_with_the_last()
    {
        using var pixels = zeros(1, 2, 2);
        Write(writer =>
        {
            for (var step = 0; step < 50; step++)
                writer.add_image("picture", pixels, step);
        });

        var images = JsonNode.Parse(Board.Read(_folder.Path).ToJson())!["images"]!["picture"]!["a"]!.AsArray();

        Assert.Equal((8, 0, 49), (images.Count, (int)images[0]!["step"]!, (int)images[^1]!["step"]!));
    }

    [Fact]
    public void A_curve_of_all_runs_is_a_figure()
    {
        Write(writer => writer.add_scalar("loss", 1, 1));
        Write(writer => writer.add_scalar("loss", 2, 1), "b");
        var board = Board.Read(_folder.Path);

        Assert.Equal(["a", "b"], board.Chart("loss").Data.Select(trace => trace.Name));
        Assert.Contains("the curves are loss", Assert.Throws<ArgumentException>(() => board.Chart("accuracy")).Message);
    }

    private void Write(Action<SummaryWriter> write, string run = "a")
    {
        using var writer = new SummaryWriter(_folder[run]);
        write(writer);
    }
}
