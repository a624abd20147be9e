using Microsoft.Data.Analysis;

namespace DataFrameTests;

public sealed class ColumnTests
{
    [Fact]
    public void A_column_of_a_length_holds_nulls()
    {
        var column = new Int32DataFrameColumn("a", 3);

        Assert.Equal(3, column.Length);
        Assert.Equal(3, column.NullCount);
        Assert.Null(column[2]);
    }

    [Fact]
    public void Setting_values_keeps_count_of_the_nulls()
    {
        var column = new DoubleDataFrameColumn("a", 2);

        column[0] = 1.5;
        column[0] = 2.5;
        column[1] = null;

        Assert.Equal(1, column.NullCount);
    }

    [Fact]
    public void A_boxed_value_of_another_type_is_refused()
    {
        DataFrameColumn column = new Int32DataFrameColumn("a", 1);

        Assert.Throws<ArgumentException>(() => column[0] = "x");
    }

    [Fact]
    public void A_clone_is_of_the_same_class_and_independent()
    {
        var column = new Int32DataFrameColumn("a", new[] { 1, 2 });

        var clone = column.Clone();
        clone[0] = 9;

        Assert.IsType<Int32DataFrameColumn>(clone);
        Assert.Equal(1, column[0]);
    }

    [Fact]
    public void A_clone_can_have_nulls_appended()
    {
        var clone = new StringDataFrameColumn("a", ["x"]).Clone(numberOfNullsToAppend: 2);

        Assert.Equal(["x", null, null], clone);
    }

    [Fact]
    public void A_clone_by_row_numbers_can_be_inverted()
    {
        var column = new Int32DataFrameColumn("a", new[] { 10, 20, 30 });
        var map = new Int32DataFrameColumn("map", new int?[] { 2, null, 0 });

        Assert.Equal([30, null, 10], column.Clone(map));
        Assert.Equal([10, null, 30], column.Clone(map, invertMapIndices: true));
    }

    [Fact]
    public void A_row_number_beyond_the_column_is_refused()
    {
        var column = new Int32DataFrameColumn("a", new[] { 10 });

        Assert.Throws<ArgumentOutOfRangeException>(() => column.Clone(new Int32DataFrameColumn("map", new[] { 1 })));
    }

    [Fact]
    public void Create_infers_the_type_of_the_values()
    {
        Assert.Equal(typeof(double), DataFrameColumn.Create("a", new[] { 1.0 }).DataType);
        Assert.Equal(typeof(int), DataFrameColumn.Create("a", new int?[] { 1, null }).DataType);
        Assert.Equal(typeof(string), DataFrameColumn.Create("a", new[] { "x", null }).DataType);
    }

    [Fact]
    public void Reductions_pass_over_nulls()
    {
        var column = new Int32DataFrameColumn("a", new int?[] { 4, null, -1 });

        Assert.Equal(3, column.Sum());
        Assert.Equal(-1, column.Min());
        Assert.Equal(4, column.Max());
        Assert.Equal(1.5, column.Mean());
    }

    [Fact]
    public void A_mean_does_not_overflow_the_type_of_the_column()
    {
        var column = new Int32DataFrameColumn("a", new[] { int.MaxValue, int.MaxValue });

        Assert.Equal(int.MaxValue, column.Mean());
        Assert.Throws<OverflowException>(() => column.Sum());
    }

    [Fact]
    public void Without_values_there_is_no_minimum_and_the_sum_is_zero()
    {
        var column = new SingleDataFrameColumn("a");

        Assert.Null(column.Min());
        Assert.Equal(0f, column.Sum());
        Assert.Equal(0, column.Mean());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reducing_what_are_no_numbers_names_the_column(bool strings)
    {
        DataFrameColumn column = strings ? new StringDataFrameColumn("name", ["x"]) : new BooleanDataFrameColumn("name", new[] { true });

        var error = Assert.Throws<NotSupportedException>(() => column.Sum());

        Assert.Contains("'name'", error.Message);
        Assert.False(column.IsNumericColumn());
    }

    [Fact]
    public void Booleans_know_all_and_any()
    {
        Assert.False(new BooleanDataFrameColumn("a", new bool?[] { true, null }).All());
        Assert.True(new BooleanDataFrameColumn("a", new bool?[] { true, null }).Any());
    }

    [Fact]
    public void A_range_of_values_stops_at_the_end()
    {
        DataFrameColumn column = new Int32DataFrameColumn("a", new[] { 1, 2, 3 });

        Assert.Equal(new object[] { 2, 3 }, column[1, 5]);
    }
}
