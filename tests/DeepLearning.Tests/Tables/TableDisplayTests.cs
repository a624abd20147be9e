using System.Xml.Linq;
using DeepLearning.Tables;
using Microsoft.Data.Analysis;

namespace DeepLearning.Tests.Tables;

public sealed class TableDisplayTests
{
    public static TheoryData<string> Cultures => CultureScope.Names;

    [Fact]
    public void Html_has_a_head_an_index_and_a_cell_for_each_value()
    {
        var html = Html(new DataFrame(new Int32DataFrameColumn("a", [1, 2]), new StringDataFrameColumn("b", ["x", null])));

        Assert.Equal(["", "a", "b"], html.Descendants("thead").Descendants("th").Select(cell => cell.Value));
        Assert.Equal(["0", "1"], html.Descendants("tbody").Descendants("th").Select(cell => cell.Value));
        Assert.Equal(["1", "x", "2", "null"], html.Descendants("td").Select(cell => cell.Value));
    }

    [Fact]
    public void Numbers_are_aligned_to_the_right_and_text_to_the_left()
    {
        var html = Html(new DataFrame(new Int32DataFrameColumn("a", [1]), new StringDataFrameColumn("b", ["x"])));

        Assert.Equal(["text-align:right", "text-align:left"], html.Descendants("td").Select(cell => cell.Attribute("style")!.Value));
    }

    [Fact]
    public void Html_sets_no_colors() => Assert.DoesNotContain("color", Numbers(200).ToHtml());

    [Fact]
    public void Names_and_values_are_encoded()
    {
        var html = new DataFrame(new StringDataFrameColumn("<b>", ["<script>alert(1)</script> & \"'"])).ToHtml();

        Assert.DoesNotContain("<script>", html);
        Assert.Contains("&lt;b&gt;", html);
        Assert.Contains("&amp; &quot;&#39;", html);
    }

    [Fact]
    public void A_hundred_rows_are_displayed_completely()
    {
        var html = Html(Numbers(100));

        Assert.Equal(100, html.Descendants("td").Count());
        Assert.Empty(html.Descendants("p"));
    }

    [Fact]
    public void Of_more_rows_the_first_and_last_fifty_are_displayed_with_the_size()
    {
        var html = Html(Numbers(1000));

        var cells = html.Descendants("td").Select(cell => cell.Value).ToList();
        Assert.Equal(["0", "49", "…", "950", "999"], [cells[0], cells[49], cells[50], cells[51], cells[^1]]);
        Assert.Equal(101, cells.Count);
        Assert.Equal("1,000 rows × 1 column", html.Element("p")!.Value);
    }

    [Fact]
    public void A_table_without_rows_has_its_size() => Assert.Equal("0 rows × 1 column", Html(Numbers(0)).Element("p")!.Value);

    [Fact]
    public void Fractions_have_four_digits_and_one_number_of_decimals()
    {
        Assert.Equal(["0.8563", "0.7630"], Cells(0.85634, 0.763));
        Assert.Equal(["0.4732", "0.9000"], Cells(0.47321839185121156, 0.9));
        Assert.Equal(["12.41", "3.46"], Cells(12.4123, 3.456));
        Assert.Equal(["63218.9", "1.5"], Cells(63218.9, 1.5));
    }

    [Fact]
    public void Common_trailing_zeros_are_omitted()
    {
        Assert.Equal(["0.01", "0.10"], Cells(0.01, 0.1));
        Assert.Equal(["1000", "2000"], Cells(1000, 2000));
        Assert.Equal(["0", "0"], Cells(0, 0));
    }

    [Fact]
    public void Small_values_beside_large_ones_keep_two_digits() => Assert.Equal(["2.3000", "0.0012"], Cells(2.3, 0.00123));

    [Fact]
    public void Very_small_and_very_large_values_have_exponents()
    {
        Assert.Equal(["1E-10", "0.5"], Cells(1e-10, 0.5));
        Assert.Equal(["1.235E+12"], Cells(1.23456e12));
    }

    [Fact]
    public void NaN_and_infinities_are_displayed() =>
        Assert.Equal(["NaN", "Infinity", "null", "0.5"], Cells(double.NaN, double.PositiveInfinity, null, 0.5));

    [Fact]
    public void Single_precision_shows_no_digits_of_its_rounding()
    {
        var html = Html(new DataFrame(new SingleDataFrameColumn("lr", [0.1f, 0.01f])));

        Assert.Equal(["0.10", "0.01"], html.Descendants("td").Select(cell => cell.Value));
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Numbers_and_dates_are_shown_the_same_in_every_culture(string name)
    {
        using var culture = new CultureScope(name);
        var frame = new DataFrame(
            new DoubleDataFrameColumn("x", [-123.5]), new Int64DataFrameColumn("n", [-3L]), new DateTimeDataFrameColumn("t", [new DateTime(2024, 3, 1)]));

        Assert.Equal(["-123.5", "-3", "2024-03-01"], Html(frame).Descendants("td").Select(cell => cell.Value));
    }

    [Fact]
    public void Text_is_aligned()
    {
        var frame = new DataFrame(
            new StringDataFrameColumn("network", ["plain", "batch_norm"]),
            new DoubleDataFrameColumn("accuracy", [0.763, 0.856]));

        Assert.Equal(
            """
               network     accuracy
            0  plain          0.763
            1  batch_norm     0.856

            """,
            frame.ToText(),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Long_text_shows_first_and_last_rows_and_the_size()
    {
        Assert.Equal(
            """
                n
             0  0
             1  1
             …  …
            99  99
            [100 rows × 1 column]

            """,
            new DataFrame(new StringDataFrameColumn("n", Enumerable.Range(0, 100).Select(i => $"{i}"))).ToText(3),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Columns_that_exceed_the_page_are_wrapped()
    {
        var frame = new DataFrame(Enumerable.Range(0, 30).Select(i => new Int32DataFrameColumn($"column {i}", [i])));

        var lines = frame.ToText().TrimEnd().Split('\n');

        Assert.All(lines, line => Assert.InRange(line.Length, 0, 120));
        Assert.Equal(3, lines.Count(line => line.StartsWith('0')));
        Assert.Equal(30, lines.Where(line => line.StartsWith(' ')).Sum(line => line.Split("column").Length - 1));
    }

    [Fact]
    public void A_line_break_does_not_break_the_text_table() =>
        Assert.Equal(2, new DataFrame(new StringDataFrameColumn("a", ["x\ny"])).ToText().TrimEnd().Split('\n').Length);

    private static XElement Html(DataFrame frame) => XElement.Parse($"<div>{frame.ToHtml()}</div>");

    private static DataFrame Numbers(int count) => new(new Int32DataFrameColumn("n", Enumerable.Range(0, count)));

    private static IEnumerable<string> Cells(params double?[] values) =>
        Html(new DataFrame(new DoubleDataFrameColumn("x", values))).Descendants("td").Select(cell => cell.Value);
}
