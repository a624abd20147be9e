using System.Globalization;
using System.Text;
using Microsoft.Data.Analysis;

namespace DataFrameTests;

public sealed class CsvTests
{
    private static string Saved(DataFrame frame, char separator = ',', bool header = true, CultureInfo? culture = null)
    {
        using var stream = new MemoryStream();
        DataFrame.SaveCsv(frame, stream, separator, header, cultureInfo: culture);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    [Fact]
    public void Types_are_guessed()
    {
        var frame = DataFrame.LoadCsvFromString("b,n,d,s\ntrue,1,2024-03-01,x\nFalse,-2.5e3,2024-03-02,1x\n");

        Assert.Equal([typeof(bool), typeof(float), typeof(DateTime), typeof(string)], frame.Columns.Select(column => column.DataType));
        Assert.Equal(new object[] { false, -2500f, new DateTime(2024, 3, 2), "1x" }, frame.Rows[1]);
    }

    [Fact]
    public void Given_types_are_read_as_such()
    {
        var frame = DataFrame.LoadCsvFromString("a,b,c\n16777217,0.1,x", dataTypes: [typeof(int), typeof(double), typeof(char)]);

        Assert.Equal(new object[] { 16777217, 0.1, 'x' }, frame.Rows[0]);
        Assert.IsType<Int32DataFrameColumn>(frame["a"]);
    }

    [Fact]
    public void Missing_values_are_null_but_strings_are_empty()
    {
        var frame = DataFrame.LoadCsvFromString("n,s\n1,x\n,\nnull,null\n");

        Assert.Equal(new object?[] { null, "" }, frame.Rows[1]);
        Assert.Equal(new object?[] { null, null }, frame.Rows[2]);
    }

    [Fact]
    public void Quoted_fields_may_hold_separators_quotes_and_lines()
    {
        var frame = DataFrame.LoadCsvFromString("\"a,b\",c\n\"x\ny\",\"say \"\"hi\"\"\"\n");

        Assert.Equal("x\ny", frame["a,b"][0]);
        Assert.Equal("say \"hi\"", frame["c"][0]);
    }

    [Fact]
    public void A_decimal_comma_is_not_read_as_a_number()
    {
        var frame = DataFrame.LoadCsvFromString("a\n\"0,85\"\n");

        Assert.Equal("0,85", frame["a"][0]);
    }

    [Fact]
    public void A_culture_reads_and_writes_its_own_numbers()
    {
        var comma = new CultureInfo("") { NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = "," } };

        var frame = DataFrame.LoadCsvFromString("a;b\n0,85;x\n", separator: ';', cultureInfo: comma);

        Assert.Equal(0.85f, frame["a"][0]);
        Assert.Equal("a;b\n0,85;x\n", Saved(frame, ';', culture: comma));
        Assert.Throws<ArgumentException>(() => Saved(frame, ',', culture: comma));
    }

    [Fact]
    public void The_culture_of_the_thread_does_not_matter()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = "," } };
        try
        {
            Assert.Equal("a\n0.5\n", Saved(DataFrame.LoadCsvFromString("a\n0.5\n")));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "Line 3:")]
    [InlineData("a,b\n1,2\n3,4,5\n", "Line 3:")]
    [InlineData("a,b\n\n\"x\ny\",2\n\n3\n", "Line 6:")]
    [InlineData("a,b\n1,\"2\n3,4\n", "Line 2: a quote that is never closed")]
    [InlineData("a,b\n1,x\"y\n", "Line 2: a quote inside")]
    [InlineData("", "empty")]
    public void A_bad_record_is_named_by_its_line(string csv, string expected)
    {
        Assert.Contains(expected, Assert.Throws<FormatException>(() => DataFrame.LoadCsvFromString(csv)).Message);
    }

    [Fact]
    public void A_value_unlike_those_guessed_from_names_line_column_and_value()
    {
        var csv = "a,loss\n" + string.Concat(Enumerable.Repeat("x,1\n", 10)) + "x,much\n";

        var error = Assert.Throws<FormatException>(() => DataFrame.LoadCsvFromString(csv));

        Assert.Equal("Line 12, column 'loss': 'much' is not a Single.", error.Message);
    }

    [Fact]
    public void Without_a_header_columns_are_numbered_or_named_by_the_caller()
    {
        Assert.Equal("Column1", DataFrame.LoadCsvFromString("1,2\n", header: false).Columns[1].Name);
        Assert.Equal("y", DataFrame.LoadCsvFromString("1,2\n", header: false, columnNames: ["x", "y"]).Columns[1].Name);
        Assert.Throws<ArgumentException>(() => DataFrame.LoadCsvFromString("1,2\n", header: false, columnNames: ["x"]));
    }

    [Fact]
    public void Only_as_many_rows_are_read_as_asked_for()
    {
        Assert.Equal(2, DataFrame.LoadCsvFromString("a\n1\n2\nbad,row\n", numberOfRowsToRead: 2).Rows.Count);
        Assert.Equal(1, DataFrame.LoadCsvFromString("1\n2\n", header: false, numberOfRowsToRead: 1).Rows.Count);
    }

    [Fact]
    public void Repeated_names_are_numbered_when_asked_for()
    {
        Assert.Throws<ArgumentException>(() => DataFrame.LoadCsvFromString("a,a\n1,2\n"));

        var frame = DataFrame.LoadCsvFromString("a,a,a\n1,2,3\n", renameDuplicatedColumns: true);

        Assert.Equal(["a", "a.1", "a.2"], frame.Columns.Select(column => column.Name));
    }

    [Fact]
    public void An_index_column_comes_first()
    {
        var frame = DataFrame.LoadCsvFromString("a\n5\n6\n", addIndexColumn: true);

        Assert.Equal("IndexColumn", frame.Columns[0].Name);
        Assert.Equal(1, frame[1, 0]);
    }

    [Fact]
    public void A_header_alone_gives_columns_without_rows()
    {
        var frame = DataFrame.LoadCsvFromString("a,b\n");

        Assert.Equal(2, frame.Columns.Count);
        Assert.Equal(0, frame.Rows.Count);
    }

    [Fact]
    public void What_is_saved_is_loaded_again()
    {
        var frame = new DataFrame(
            new StringDataFrameColumn("na\"me", ["a,b", " spaced ", "two\nlines", "quo\"te", "", "网络"]),
            new DoubleDataFrameColumn("x", new double?[] { 0.1, 1e-300, double.NaN, double.NegativeInfinity, null, 1.0 / 3 }),
            new Int64DataFrameColumn("n", new long?[] { long.MaxValue, long.MinValue, null, 0, 1, 2 }),
            new BooleanDataFrameColumn("b", new bool?[] { true, false, null, true, true, true }),
            new DateTimeDataFrameColumn("t", Enumerable.Repeat<DateTime?>(new DateTime(2024, 5, 6, 7, 8, 9, 10, DateTimeKind.Utc), 6)));

        var loaded = DataFrame.LoadCsvFromString(Saved(frame), dataTypes: [.. frame.Columns.Select(column => column.DataType)]);

        Assert.Equal(frame.Columns.Select(column => column.Name), loaded.Columns.Select(column => column.Name));
        Assert.Equal(frame.Rows.SelectMany(row => row), loaded.Rows.SelectMany(row => row));
    }

    [Fact]
    public void A_null_in_the_only_column_keeps_its_row()
    {
        var frame = new DataFrame(new DoubleDataFrameColumn("a", new double?[] { 1, null, 2 }));

        Assert.Equal([1f, null, 2f], DataFrame.LoadCsvFromString(Saved(frame)).Columns.GetSingleColumn("a"));
    }

    [Fact]
    public void A_file_is_written_as_utf8_and_read_again()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            DataFrame.SaveCsv(new DataFrame(new StringDataFrameColumn("名", ["é"])), path, header: true);

            Assert.Equal("名\né\n", File.ReadAllText(path));
            Assert.Equal("é", DataFrame.LoadCsv(path)["名"][0]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Streams_are_left_open()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("a\n1\n"));

        DataFrame.LoadCsv(stream);

        Assert.True(stream.CanRead);
    }

    [Fact]
    public void Without_a_header_only_values_are_written()
    {
        Assert.Equal("1\n", Saved(new DataFrame(new Int32DataFrameColumn("a", new[] { 1 })), header: false));
    }
}
