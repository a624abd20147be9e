using DeepLearning.Charts;
using static DeepLearning.Tests.Charts.Figures;

namespace DeepLearning.Tests.Charts;

public sealed class FigureTests
{
    [Fact]
    public void Traces_with_the_same_name_have_the_same_color()
    {
        var figure = Of(new Scatter("a", SomeX, SomeY), new Scatter("b", SomeX, SomeY), new Scatter("a", SomeX, SomeY));

        Assert.Equal([Palette.At(0), Palette.At(1), Palette.At(0)], figure.Data.Select(trace => trace.Color));
    }

    [Fact]
    public void Eight_traces_have_eight_colors()
    {
        var figure = Of([.. Enumerable.Range(0, 8).Select(i => new Scatter($"{i}", SomeX, SomeY))]);

        Assert.Equal(8, figure.Data.Select(trace => trace.Color).Distinct().Count());
    }

    [Fact]
    public void The_numbers_of_coordinates_must_be_equal()
    {
        Assert.Throws<ArgumentException>(() => new Scatter("a", SomeX, [1]));
        Assert.Throws<ArgumentException>(() => new Bar("a", ["x"], SomeY));
    }

    [Fact]
    public void A_trace_must_be_in_a_panel_that_exists()
    {
        Assert.Contains("'a'", Assert.Throws<ArgumentException>(() => Of(new Scatter("a", SomeX, SomeY) { Panel = 1 })).Message);
        Assert.Throws<ArgumentException>(() => new Figure([], new Layout("", [])));
    }

    [Fact]
    public void Bars_and_points_do_not_share_a_panel()
    {
        Assert.Throws<ArgumentException>(() => Of(new Scatter("a", SomeX, SomeY), new Bar("b", ["x"], [1])));
    }

    [Fact]
    public void The_palette_is_legible_on_white_and_on_black()
    {
        Assert.All(Palette.Colors.Append(Palette.Neutral), color =>
        {
            var luminance = Luminance(color);
            Assert.InRange(1.05 / (luminance + 0.05), 3, 21);
            Assert.InRange((luminance + 0.05) / (Luminance("#1e1e1e") + 0.05), 3, 21);
        });
    }

    [Fact]
    public void The_text_describes_the_figure_in_one_line()
    {
        Assert.Equal("title | panel against epoch: a -1 to 3, b (no values)", Of(new Scatter("a", SomeX, SomeY), new Scatter("b", [1], [double.NaN])).ToString());
        Assert.DoesNotContain('\n', Of(new Scatter("two\nlines", SomeX, SomeY)).ToString());
    }

    [Fact]
    public void The_text_of_points_in_labeled_rows_has_their_values()
    {
        var rows = new Panel { X = new Axis("images a second"), Y = new Axis { Labels = ["slow", "fast"] } };
        Assert.Equal("Loading | images a second: images 20 to 300", new Figure([new Scatter("images", [20, 300], [0, 1])], new Layout("Loading", [rows])).ToString());
    }

    private static double Luminance(string color)
    {
        double Channel(int start)
        {
            var value = Convert.ToInt32(color.Substring(start, 2), 16) / 255.0;
            return value <= 0.03928 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Channel(1) + 0.7152 * Channel(3) + 0.0722 * Channel(5);
    }
}
