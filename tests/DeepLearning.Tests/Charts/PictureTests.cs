using System.Xml.Linq;
using DeepLearning.Charts;
using DeepLearning.Display;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Charts;

public sealed class PictureTests
{
    private const string Frame = "#d55e00";

    private static XElement Svg(Picture picture) => XElement.Parse(picture.ToSvg());

    private static IEnumerable<XElement> Cells(XElement svg) => svg.All("rect").Where(cell => (string?)cell.Attribute("stroke") != Frame);

    [Fact]
    public void A_matrix_is_a_grid_with_each_number_in_its_row_and_column()
    {
        using var matrix = arange(6).reshape(2, 3);

        var svg = Svg(new Picture().Add("", matrix));

        Assert.Equal(["[2, 3]", "0", "1", "2", "3", "4", "5"], svg.Texts());
        var cells = Cells(svg).Select(cell => (X: cell.Number("x"), Y: cell.Number("y"))).ToList();
        Assert.Equal(2, cells.Select(cell => cell.Y).Distinct().Count());
        Assert.Equal(3, cells.Select(cell => cell.X).Distinct().Count());
        Assert.Equal(cells.OrderBy(cell => cell.Y).ThenBy(cell => cell.X), cells);
    }

    [Theory]
    [InlineData(new long[] { }, 0)]
    [InlineData(new long[] { 2 }, 1)]
    [InlineData(new long[] { 2, 2 }, 2)]
    [InlineData(new long[] { 2, 2, 2 }, 3)]
    [InlineData(new long[] { 2, 2, 2, 2 }, 4)]
    public void Each_axis_is_named_once(long[] shape, int axes)
    {
        using var tensor = zeros(shape);

        var texts = Svg(Picture.Of(tensor)).Texts().Where(text => text.StartsWith("axis", StringComparison.Ordinal)).ToList();

        Assert.Equal(axes, texts.Count);
        Assert.All(Enumerable.Range(0, axes), axis => Assert.Contains($"axis {axis}: 2 \u2192", texts));
    }

    [Fact]
    public void Negative_zero_is_displayed_as_zero_and_small_numbers_are_not()
    {
        using var values = tensor(new float[] { -0f, -0.0001f, 0.25f });

        Assert.Equal(["[3]", "0", "-1e-4", "0.25"], Svg(new Picture().Add("", values)).Texts());
    }

    [Fact]
    public void Equal_numbers_have_equal_colors_in_all_tensors_of_a_picture()
    {
        using var first = tensor(new float[] { 1, 2 });
        using var second = tensor(new float[] { 2, 9 });

        var fills = Cells(Svg(new Picture().Add("a", first).Sign("+").Add("b", second))).Select(cell => (string?)cell.Attribute("fill")).ToList();

        Assert.Equal(fills[1], fills[2]);
        Assert.NotEqual(fills[0], fills[1]);
        Assert.NotEqual(fills[2], fills[3]);
    }

    [Fact]
    public void An_arrow_at_the_start_of_a_row_is_not_clipped()
    {
        using var values = tensor(new float[] { 1, 2 });

        var arrow = Svg(new Picture().Add("a", values).Below().Sign("→").Add("b", values)).All("text").Single(text => text.Value == "→");

        Assert.True(arrow.Number("x") >= 8, "An arrow of 20 px is 17 px wide.");
    }

    [Fact]
    public void Marked_cells_are_framed_and_faded_ones_are_empty()
    {
        using var values = tensor(new float[] { 1, 2, 3 });
        using var marked = values.eq(3);
        using var faded = values.eq(1);

        var svg = Svg(new Picture().Add("", values, marked, faded));

        Assert.Single(svg.All("rect"), cell => (string?)cell.Attribute("stroke") == Frame);
        Assert.Equal([true, false, false], Cells(svg).Select(cell => (string?)cell.Attribute("fill") == "none"));
    }

    [Fact]
    public void A_mask_is_broadcast_to_the_tensor()
    {
        using var values = zeros(2, 3);
        using var firstRow = tensor(new[] { true, false }).reshape(2, 1);

        Assert.Equal(3, Svg(new Picture().Add("", values, firstRow)).All("rect").Count(cell => (string?)cell.Attribute("stroke") == Frame));
    }

    [Fact]
    public void Large_tensors_are_pixels_without_numbers()
    {
        using var image = linspace(0, 1, 28 * 28).reshape(1, 28, 28);

        var svg = Svg(new Picture().Add("image", image));

        Assert.Equal(["image  [1, 28, 28]"], svg.Texts());
        Assert.Equal(28 * 28, svg.All("path").Sum(path => ((string)path.Attribute("d")!).Count(letter => letter == 'M')));
    }

    [Fact]
    public void A_small_tensor_without_numbers_is_drawn_as_pixels()
    {
        using var filter = zeros(5, 5);

        var picture = new Picture().Add("", filter, numbers: false);

        Assert.Equal(["[5, 5]"], Svg(picture).Texts());
        Assert.Contains("[0, 0, 0, 0, 0]", picture.ToString());
    }

    [Fact]
    public void Parts_that_exceed_the_page_are_wrapped()
    {
        using var wide = zeros(1, 16);

        var svg = Svg(new Picture().Add("", wide).Add("", wide));

        Assert.Equal(2, Cells(svg).Select(cell => cell.Number("y")).Distinct().Count());
        Assert.True(svg.Number("width") <= 800);
    }

    [Fact]
    public void A_picture_draws_the_values_at_the_time_of_adding()
    {
        var values = tensor(new float[] { 1 });
        var picture = new Picture().Add("", values);
        values.fill_(7);
        values.Dispose();

        Assert.Equal(["[1]", "1"], Svg(picture).Texts());
    }

    [Fact]
    public void The_text_has_titles_shapes_and_numbers()
    {
        using var values = tensor(new float[] { 0.5f, 2 });

        Assert.Equal("a  [2]\n[0.5, 2]\n=\nb  [2]\n[0.5, 2]", new Picture().Add("a", values).Sign("=").Below().Add("b", values).ToString());
    }

    [Fact]
    public void Tensors_that_are_too_large_are_rejected()
    {
        using var deep = zeros([1, 1, 1, 1, 1]);
        using var none = zeros(0);
        using var huge = zeros(200, 200);

        Assert.Contains("rank 0 to 4", Assert.Throws<ArgumentException>(() => Picture.Of(deep)).Message);
        Assert.Throws<ArgumentException>(() => Picture.Of(none));
        Assert.Contains("20,000", Assert.Throws<ArgumentException>(() => Picture.Of(huge)).Message);
    }

    [Fact]
    public void Kernels_show_the_drawing_and_the_text()
    {
        using var values = zeros(2);
        var picture = Picture.Of(values);

        var attribute = typeof(Picture).GetCustomAttributes(false).Single(a => a.GetType().Name == "TypeFormatterSourceAttribute");
        var formatters = new PictureFormatterSource().CreateTypeFormatters().Cast<TypeFormatter<Picture>>().ToList();

        Assert.Equal(typeof(PictureFormatterSource), attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute));
        Assert.Equal(["image/svg+xml", "text/plain"], formatters.Select(formatter => formatter.MimeType));
        using var writer = new StringWriter();
        Assert.True(formatters[0].Format(picture, writer));
        Assert.Equal(picture.ToSvg(), writer.ToString());
    }
}
