using System.Globalization;
using System.Text;
using DeepLearning.Data;
using DeepLearning.Tables;
using Microsoft.Data.Analysis;

namespace DeepLearning.Tests.Tables;

public sealed class CsvTests
{
    private static readonly CultureInfo _comma = new("") { NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = "," } };

    public static TheoryData<string> Cultures => CultureScope.Names;

    [Fact]
    public void Each_column_gets_the_first_type_that_fits_all_its_values()
    {
        var frame = Csv.Parse("b,n,x,d,s\ntrue,1,1,2024-03-01,x\nFalse,-9007199254740993,-2.5e3,2024-03-02 10:30:00,1x\n");

        Assert.Equal([typeof(bool), typeof(long), typeof(double), typeof(DateTime), typeof(string)], frame.Columns.Select(column => column.DataType));
        Assert.Equal(new object[] { false, -9007199254740993, -2500.0, new DateTime(2024, 3, 2, 10, 30, 0), "1x" }, frame.Rows[1]);
    }

    [Fact]
    public void A_late_value_can_change_the_type_of_its_column()
    {
        var text = "n\n" + string.Concat(Enumerable.Repeat("1\n", 100)) + "1.5\n";

        Assert.Equal(typeof(double), Csv.Parse(text).Columns[0].DataType);
    }

    [Fact]
    public void Given_types_are_used()
    {
        var types = new Dictionary<string, Type> { ["a"] = typeof(int), ["b"] = typeof(float), ["c"] = typeof(string) };

        var frame = Csv.Parse("a,b,c\n16777217,0.1,007", new CsvOptions { Types = types });

        Assert.Equal(new object[] { 16777217, 0.1f, "007" }, frame.Rows[0]);
    }

    [Fact]
    public void An_empty_field_is_null_and_an_empty_string_among_strings()
    {
        var frame = Csv.Parse("n,s\n1,x\n,\n");

        Assert.Equal(new object?[] { null, "" }, frame.Rows[1]);
    }

    [Fact]
    public void Quoted_fields_may_contain_separators_quotes_and_line_breaks()
    {
        var frame = Csv.Parse("\"a,b\",c\n\"x\ny\",\"say \"\"hi\"\"\"\n");

        Assert.Equal("x\ny", frame["a,b"][0]);
        Assert.Equal("say \"hi\"", frame["c"][0]);
    }

    [Fact]
    public void A_decimal_comma_is_not_read_as_a_number() => Assert.Equal("0,85", Csv.Parse("a\n\"0,85\"\n")["a"][0]);

    [Fact]
    public void A_culture_reads_and_writes_its_own_numbers()
    {
        var options = new CsvOptions { Separator = ';', Culture = _comma };

        var frame = Csv.Parse("a;b\n0,85;x\n", options);

        Assert.Equal(0.85, frame["a"][0]);
        Assert.Equal("a;b\n0,85;x\n", Saved(frame, options));
        Assert.Throws<ArgumentException>(() => Saved(frame, new CsvOptions { Culture = _comma }));
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void The_culture_of_the_machine_does_not_matter(string name)
    {
        using var culture = new CultureScope(name);
        const string Text = "a,b,c,d\n1.5,-3,true,2024-03-01T00:00:00.0000000\n-2.25E-07,4,False,2024-12-31T00:00:00.0000000\n";

        var frame = Csv.Parse(Text);

        Assert.Equal(new object[] { 1.5, -3L, true, new DateTime(2024, 3, 1) }, frame.Rows[0]);
        Assert.Equal(Text.Replace("true", "True", StringComparison.Ordinal), Saved(frame));
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Tables_of_data_are_read_the_same_in_every_culture(string name)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["data.csv"], ",x,y\n0,1.5,1\n1,-0.25,0\n");
        using var culture = new CultureScope(name);

        var table = TableData.Load(folder["data.csv"], indexColumn: 0);

        Assert.Equal([1.5f, -0.25f], table.X.data<float>().ToArray());
        Assert.Equal([1f, 0f], table.Y.data<float>().ToArray());
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "Line 3:")]
    [InlineData("a,b\n1,2\n3,4,5\n", "Line 3:")]
    [InlineData("a,b\n\n\"x\ny\",2\n\n3\n", "Line 6:")]
    [InlineData("a,b\n1,\"2\n3,4\n", "Line 2: a quoted field is not closed")]
    [InlineData("a,b\n1,x\"y\n", "Line 2: an unquoted field contains a quote")]
    [InlineData("a,a\n1,2\n", "two columns are named 'a'")]
    [InlineData("", "empty")]
    public void An_invalid_file_is_rejected_with_the_line(string csv, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Csv.Parse(csv)).Message);

    [Fact]
    public void A_value_of_a_wrong_type_is_rejected_with_line_and_column()
    {
        var options = new CsvOptions { Types = new Dictionary<string, Type> { ["loss"] = typeof(float) } };

        var error = Assert.Throws<FormatException>(() => Csv.Parse("a,loss\nx,1\nx,much\n", options));

        Assert.Equal("Line 3, column 'loss': 'much' is not a Single.", error.Message);
    }

    [Fact]
    public void An_unsupported_type_is_rejected()
    {
        var options = new CsvOptions { Types = new Dictionary<string, Type> { ["a"] = typeof(Uri) } };

        Assert.Contains("'a'", Assert.Throws<NotSupportedException>(() => Csv.Parse("a\nx\n", options)).Message);
    }

    [Fact]
    public void The_message_about_an_invalid_file_names_it()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["bad.csv"], "a,b\n1\n");

        Assert.StartsWith(folder["bad.csv"], Assert.Throws<FormatException>(() => Csv.Load(folder["bad.csv"])).Message);
    }

    [Fact]
    public void Without_a_header_columns_are_numbered()
    {
        var options = new CsvOptions { HasHeader = false };

        var frame = Csv.Parse("1,2\n", options);

        Assert.Equal(["Column0", "Column1"], frame.Columns.Select(column => column.Name));
        Assert.Equal("1,2\n", Saved(frame, options));
    }

    [Fact]
    public void A_column_without_a_name_is_numbered() =>
        Assert.Equal(["Column0", "x"], Csv.Parse(",x\n0,1.5\n").Columns.Select(column => column.Name));

    [Fact]
    public void A_header_alone_gives_columns_without_rows()
    {
        var frame = Csv.Parse("a,b\n");

        Assert.Equal(2, frame.Columns.Count);
        Assert.Equal(0, frame.Rows.Count);
    }

    [Fact]
    public void A_saved_table_is_loaded_unchanged()
    {
        var frame = new DataFrame(
            new StringDataFrameColumn("na\"me", ["a,b", " spaced ", "two\nlines", "quo\"te", "", "网络"]),
            new DoubleDataFrameColumn("x", new double?[] { 0.1, 1e-300, double.NaN, double.NegativeInfinity, null, 1.0 / 3 }),
            new Int64DataFrameColumn("n", new long?[] { long.MaxValue, long.MinValue, null, 0, 1, 2 }),
            new BooleanDataFrameColumn("b", new bool?[] { true, false, null, true, true, true }),
            new DateTimeDataFrameColumn("t", Enumerable.Repeat<DateTime?>(new DateTime(2024, 5, 6, 7, 8, 9, 10, DateTimeKind.Utc), 6)));

        var loaded = Csv.Parse(Saved(frame));

        Assert.Equal(frame.Columns.Select(column => (column.Name, column.DataType)), loaded.Columns.Select(column => (column.Name, column.DataType)));
        Assert.Equal(frame.Rows.SelectMany(row => row), loaded.Rows.SelectMany(row => row));
    }

    [Fact]
    public void A_null_in_the_only_column_keeps_its_row()
    {
        var frame = new DataFrame(new DoubleDataFrameColumn("a", new double?[] { 1.5, null, 2 }));

        Assert.Equal(new object?[] { 1.5, null, 2.0 }, Csv.Parse(Saved(frame))["a"].Cast<object?>());
    }

    [Fact]
    public void A_file_is_written_as_UTF8_and_replaced_atomically()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.csv"], new string('x', 1000));

        Csv.Save(new DataFrame(new StringDataFrameColumn("名", ["é"])), folder["a.csv"]);

        Assert.Equal("名\né\n"u8.ToArray(), File.ReadAllBytes(folder["a.csv"]));
        Assert.Equal("é", Csv.Load(folder["a.csv"])["名"][0]);
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_byte_order_mark_is_not_part_of_a_name()
    {
        using var stream = new MemoryStream([.. Encoding.UTF8.Preamble, .. "a\n1\n"u8]);

        Assert.Equal("a", Csv.Load(stream).Columns[0].Name);
        Assert.True(stream.CanRead);
    }

    private static string Saved(DataFrame frame, CsvOptions? options = null)
    {
        using var stream = new MemoryStream();
        Csv.Save(frame, stream, options);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
