using System.Globalization;
using System.Xml.Linq;
using DeepLearning.Charts;
using static DeepLearning.Tests.Charts.Figures;

namespace DeepLearning.Tests.Charts;

public sealed class SvgTests
{
    [Fact]
    public void A_drawing_is_an_accessible_image_that_scales()
    {
        var svg = Of(new Scatter("a", SomeX, SomeY)).Svg();

        Assert.Equal("img", (string?)svg.Attribute("role"));
        Assert.StartsWith("title", (string?)svg.Attribute("aria-label"));
        Assert.Equal("title", svg.Elements().First().Value);
        Assert.Equal($"0 0 {svg.Attribute("width")!.Value} {svg.Attribute("height")!.Value}", (string?)svg.Attribute("viewBox"));
    }

    [Fact]
    public void A_drawing_needs_neither_script_nor_network()
    {
        var svg = Of(new Scatter("a", SomeX, SomeY)).ToSvg();

        Assert.DoesNotContain("script", svg);
        Assert.DoesNotContain("href", svg);
        Assert.DoesNotContain("url(", svg);
    }

    [Fact]
    public void A_drawing_has_titles_axes_and_a_legend()
    {
        var texts = Of(new Scatter("series", SomeX, SomeY)).Svg().Texts().ToList();

        Assert.All(["title", "panel", "epoch", "loss (nats)", "series"], text => Assert.Contains(text, texts));
    }

    [Fact]
    public void A_title_that_is_too_wide_is_smaller_and_then_shorter()
    {
        var (wide, wider) = (Titled(80), Titled(300));

        Assert.Equal(80, wide.Value.Length);
        Assert.InRange(wide.Number("font-size"), 11, 16);
        Assert.Equal(11, wider.Number("font-size"));
        Assert.EndsWith("n…", wider.Value, StringComparison.Ordinal);

        static XElement Titled(int letters) => new Figure([new Scatter("a", SomeX, SomeY)], new Layout(new string('n', letters), [new Panel()])).Svg().All("text").First();
    }

    [Fact]
    public void Wide_numbers_of_an_axis_do_not_cover_its_title()
    {
        var svg = Of(new Scatter("a", SomeX, [0, 50_000, 100_000, 2_500_000])).Svg();

        Assert.All(svg.TicksOf("y"), tick => Assert.True(tick.Number("x") - (0.56 * tick.Number("font-size") * tick.Value.Length) > 24, tick.Value));
    }

    [Fact]
    public void Names_of_a_legend_do_not_touch_the_next_line_in_a_wide_font()
    {
        const double WidthInDejaVuSans = 8.63 * 14;
        var legend = Of(new Scatter("SGD, momentum", SomeX, SomeY), new Scatter("RMSprop", SomeX, SomeY)).Svg().All("g").Single(group => (string?)group.Attribute("class") == "legend");
        var next = legend.All("path").Last().Attribute("d")!.Value[1..].Split(' ')[0];

        Assert.True(double.Parse(next, CultureInfo.InvariantCulture) - legend.All("text").First().Number("x") > WidthInDejaVuSans + 8);
    }

    [Theory]
    [InlineData(-0.125, 0.125)]
    [InlineData(1, 2.33)]
    [InlineData(0, 4_500_000)]
    public void Numbers_of_the_horizontal_axis_do_not_touch(double from, double to)
    {
        var panel = new Panel { X = new Axis("x") { Format = to < 3 && from > 0 ? AxisFormat.Percent : AxisFormat.Number } };
        var ticks = Of(panel, new Scatter("a", [from, to], [0, 1])).Svg().TicksOf("x").ToList();

        Assert.InRange(ticks.Count, 3, 12);
        Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.True(
            pair.Second.Number("x") - pair.First.Number("x") > (0.28 * 13 * (pair.First.Value.Length + pair.Second.Value.Length)) + 4, pair.First.Value));
    }

    [Fact]
    public void Names_with_characters_that_are_invalid_in_xml_are_drawn()
    {
        var svg = Of(new Scatter("a<b>&\"\u0001\ud83d\ude00", SomeX, SomeY)).Svg();

        Assert.Contains("a<b>&\"\ufffd\ud83d\ude00", svg.Texts());
    }

    [Fact]
    public void Each_marker_has_a_tooltip_with_its_values()
    {
        var markers = OfPoints(SomeY).Svg().All("circle").Where(circle => circle.Attribute("data-x") is not null).ToList();

        Assert.Equal(SomeX, markers.Select(marker => marker.Number("data-x")));
        Assert.Equal(SomeY, markers.Select(marker => marker.Number("data-y")));
    }

    [Fact]
    public void Markers_are_at_the_positions_of_the_ticks()
    {
        var svg = OfPoints(SomeY).Svg();

        AssertLinear(svg.TicksOf("x").Select(tick => (tick.Number("data-value"), tick.Number("x"))), svg.All("circle").Select(marker => (marker.Number("data-x"), marker.Number("cx"))));
        // the baseline of a label is below its position
        AssertLinear(svg.TicksOf("y").Select(tick => (tick.Number("data-value"), tick.Number("y") - 4.5)), svg.All("circle").Select(marker => (marker.Number("data-y"), marker.Number("cy"))));
    }

    [Fact]
    public void The_line_goes_through_the_markers()
    {
        var svg = OfPoints(SomeY).Svg();

        var line = svg.All("g").Single(group => (string?)group.Attribute("class") == "trace").All("path").First().Attribute("d")!.Value;
        var markers = svg.All("circle").Select(marker => $"{marker.Attribute("cx")!.Value} {marker.Attribute("cy")!.Value}");

        Assert.Equal(markers, line.Split('M', 'L').Skip(1));
    }

    [Fact]
    public void Gaps_break_the_line_and_a_single_point_is_a_dot()
    {
        var line = Line(OfPoints([1, 2, double.NaN, 3, double.NegativeInfinity, 4, 5]));

        Assert.Equal(3, line.Count(letter => letter == 'M'));
        Assert.Equal(2, line.Count(letter => letter == 'L'));
        Assert.Single(line.Split("h0").SkipLast(1));
    }

    [Fact]
    public void Heights_of_bars_are_proportional_to_their_values()
    {
        double[] values = [1, 3, -2];
        var bars = Of(new Bar("a", ["x", "y", "z"], values)).Svg().All("rect").Where(rect => rect.Attribute("data-y") is not null).ToList();

        Assert.Equal(values, bars.Select(bar => bar.Number("data-y")));
        Assert.Equal(["x", "y", "z"], bars.Select(bar => (string?)bar.Attribute("data-x")));
        Assert.Equal(3 * bars[0].Number("height"), bars[1].Number("height"), 0.4);
        Assert.Equal(bars[0].Number("y") + bars[0].Number("height"), bars[2].Number("y"), 0.2);
    }

    [Fact]
    public void Bars_of_one_category_are_side_by_side()
    {
        var bars = Of(new Bar("a", ["x", "y"], [1, 1]), new Bar("b", ["x", "y"], [1, double.NaN])).Svg()
            .All("rect").Where(rect => rect.Attribute("data-y") is not null).OrderBy(rect => rect.Number("x")).ToList();

        Assert.Equal(["x", "x", "y"], bars.Select(bar => (string?)bar.Attribute("data-x")));
        Assert.All(bars.Zip(bars.Skip(1)), pair => Assert.True(pair.First.Number("x") + pair.First.Number("width") <= pair.Second.Number("x")));
    }

    [Fact]
    public void The_axis_of_bars_ends_at_the_highest_bar()
    {
        var panel = new Panel { Y = new Axis { Format = AxisFormat.Percent } };

        var ticks = Of(panel, new Bar("a", ["x"], [1])).Svg().TicksOf("y");

        Assert.Equal("100 %", ticks.Last().Value);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void Bars_without_height_are_at_zero(double value)
    {
        var ticks = Of(new Bar("a", ["x"], [value])).Svg().TicksOf("y").Select(tick => tick.Value);

        Assert.Equal(["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"], ticks);
    }

    [Fact]
    public void Labels_of_narrow_bars_are_rotated()
    {
        var figure = Of([.. Enumerable.Range(0, 14).Select(i => new Bar($"run {i}", ["train", "test"], [1.25, 1.5]))]);

        var turned = figure.Svg().All("text").Where(text => text.Value == "1.25").ToList();

        Assert.Equal(14, turned.Count);
        Assert.All(turned, text => Assert.Contains("rotate(-90)", (string?)text.Attribute("transform")));
    }

    [Fact]
    public void Long_series_are_downsampled_and_keep_their_spikes()
    {
        var values = Enumerable.Range(0, 100_000).Select(i => Math.Sin(i / 1e4)).ToArray();
        values[31_415] = 9;

        var places = Line(OfPoints(values)).Split('M', 'L').Skip(1).Select(point => double.Parse(point.Split(' ')[1])).ToList();

        Assert.InRange(places.Count, 300, 1000);
        Assert.Single(places, place => place < places.Order().ElementAt(1) - 50);
    }

    [Fact]
    public void Many_long_series_stay_below_sixty_kilobytes()
    {
        var random = new Random(0);
        var traces = Enumerable.Range(0, 12).Select(i => new Scatter($"run {i}", Steps(20_000), [.. Enumerable.Range(0, 20_000).Select(_ => random.NextDouble())])
        {
            Mode = i % 2 == 0 ? ScatterMode.Lines : ScatterMode.Markers,
        });

        Assert.InRange(Of([.. traces]).ToSvg().Length, 1, 60_000);
    }

    [Fact]
    public void A_panel_without_values_has_a_note()
    {
        Assert.Contains("no values", OfPoints([double.NaN, double.NaN]).Svg().Texts());
        Assert.Contains("no values", OfPoints([]).Svg().Texts());
        Assert.Contains("no values", Of().Svg().Texts());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3.5)]
    [InlineData(1e300)]
    public void A_constant_is_between_ticks(double value)
    {
        var svg = OfPoints([value, value]).Svg();

        var ticks = svg.TicksOf("y").Select(tick => tick.Number("data-value")).ToList();
        Assert.InRange(value, ticks.Min(), ticks.Max());
        Assert.All(svg.All("circle"), marker => Assert.True(double.IsFinite(marker.Number("cy"))));
    }

    private static double[] Steps(int count) => [.. Enumerable.Range(1, count).Select(i => (double)i)];

    private static string Line(Figure figure) =>
        figure.Svg().All("g").Single(group => (string?)group.Attribute("class") == "trace").All("path").First().Attribute("d")!.Value;

    private static void AssertLinear(IEnumerable<(double Value, double Place)> ticks, IEnumerable<(double Value, double Place)> marks)
    {
        var (low, high) = (ticks.First(), ticks.Last());
        Assert.NotEqual(low, high);
        Assert.All(marks, mark =>
            Assert.Equal(low.Place + (mark.Value - low.Value) / (high.Value - low.Value) * (high.Place - low.Place), mark.Place, 0.2));
    }
}
