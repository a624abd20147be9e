using Microsoft.Data.Analysis;

namespace DataFrameTests;

public sealed class ArithmeticTests
{
    private static readonly StringDataFrameColumn _text = new("text", ["a", null]);

    private static Int32DataFrameColumn Ints(params int?[] values) => new("n", values);

    [Fact]
    public void A_result_of_one_type_is_a_column_of_the_same_kind()
    {
        Assert.IsType<Int32DataFrameColumn>(Ints(1) + Ints(2));
        Assert.IsType<DoubleDataFrameColumn>(Ints(1) + 0.5);
    }

    [Theory]
    [InlineData(typeof(byte))]
    [InlineData(typeof(sbyte))]
    [InlineData(typeof(short))]
    [InlineData(typeof(ushort))]
    [InlineData(typeof(int))]
    [InlineData(typeof(uint))]
    [InlineData(typeof(long))]
    [InlineData(typeof(ulong))]
    [InlineData(typeof(float))]
    [InlineData(typeof(double))]
    [InlineData(typeof(decimal))]
    public void Every_type_of_number_computes(Type type)
    {
        var column = DataFrame.LoadFrom([[3]], [("a", type)])["a"];

        Assert.Equal(Convert.ChangeType(6, type), (column + column)[0]);
        Assert.Equal(Convert.ChangeType(9, type), column.Multiply(column, inPlace: true)[0]);
    }

    [Fact]
    public void A_column_may_be_added_to_itself_in_place()
    {
        var column = Ints(1, null, 3);

        column.Add((DataFrameColumn)column, inPlace: true);

        Assert.Equal([2, null, 6], column);
        Assert.Equal(1, column.NullCount);
    }

    [Fact]
    public void What_is_no_number_is_refused_with_the_columns_name()
    {
        Assert.Contains("'text'", Assert.Throws<NotSupportedException>(() => _text - 1).Message);
        Assert.Contains("Boolean", Assert.Throws<NotSupportedException>(() => Ints(1) + true).Message);
        Assert.Contains("'n'", Assert.Throws<NotSupportedException>(() => Ints(1, 2) * _text).Message);
        Assert.Contains("'n'", Assert.Throws<NotSupportedException>(() => Ints(1).And(true)).Message);
    }

    [Fact]
    public void A_result_that_does_not_fit_in_place_leaves_the_column_alone()
    {
        var column = Ints(1, 2);

        Assert.Throws<ArgumentException>(() => column.Multiply(0.5, inPlace: true));

        Assert.Equal([1, 2], column);
    }

    [Fact]
    public void Text_is_joined_and_null_counts_as_empty()
    {
        Assert.Equal(["a!", "!"], _text + (DataFrameColumn)new StringDataFrameColumn("b", ["!", "!"]) as StringDataFrameColumn);
        Assert.Equal(["!a", "!"], _text.ReverseAdd("!") as StringDataFrameColumn);
    }

    [Fact]
    public void Truth_with_null_is_null()
    {
        var column = new BooleanDataFrameColumn("b", new bool?[] { true, null });

        Assert.Equal(new bool?[] { true, null }, column.And(new BooleanDataFrameColumn("c", [true, false])));
    }

    [Fact]
    public void A_description_passes_over_nulls()
    {
        var described = new DataFrame(Ints(1, null, 3), new DateTimeDataFrameColumn("at", [default, default, default])).Description();

        Assert.Equal([2f, 3f, 1f, 2f], described.Columns.GetSingleColumn("n"));
        Assert.Equal([3f, null, null, null], described.Columns.GetSingleColumn("at"));
        Assert.Empty(new DataFrame(_text).Description().Columns);
    }

    [Fact]
    public void Nulls_are_filled_column_by_column()
    {
        var filled = new DataFrame(Ints(1, null), _text).FillNulls([0, "none"]);

        Assert.Equal([1, 0], filled.Columns.GetInt32Column("n"));
        Assert.Equal(["a", "none"], filled.Columns.GetStringColumn("text"));
        Assert.Throws<ArgumentException>(() => filled.FillNulls([0]));
    }

    [Fact]
    public void A_sample_draws_each_row_at_most_once()
    {
        var sample = new DataFrame(new Int32DataFrameColumn("n", Enumerable.Range(0, 50))).Sample(30).Columns.GetInt32Column("n");

        Assert.Equal(30, sample.Distinct().Count());
    }
}
