using Microsoft.Data.Analysis;

namespace DataFrameTests;

public sealed class ComparisonTests
{
    private readonly DoubleDataFrameColumn _numbers = new("a", new double?[] { 1, 2, null, double.NaN });

    [Fact]
    public void Values_compare_with_a_number()
    {
        Assert.Equal([false, true, false, false], _numbers.ElementwiseGreaterThan(1.0));
        Assert.Equal([true, true, false, false], _numbers.ElementwiseGreaterThanOrEqual(1.0));
        Assert.Equal([true, false, false, false], _numbers.ElementwiseLessThan(2.0));
        Assert.Equal([true, true, false, false], _numbers.ElementwiseLessThanOrEqual(2.0));
        Assert.Equal([true, false, false, false], _numbers.ElementwiseEquals(1.0));
        Assert.Equal([false, true, true, true], _numbers.ElementwiseNotEquals(1.0));
    }

    [Fact]
    public void A_fraction_compares_with_integers_without_being_rounded()
    {
        var integers = new Int32DataFrameColumn("a", new[] { 0, 1 });

        Assert.Equal([false, true], integers.ElementwiseGreaterThan(0.5));
    }

    [Fact]
    public void Large_integers_of_different_types_compare_exactly()
    {
        var integers = new Int64DataFrameColumn("a", new[] { long.MaxValue });

        Assert.Equal([true], integers.ElementwiseLessThan((ulong)long.MaxValue + 1));
    }

    [Fact]
    public void Nulls_are_found()
    {
        Assert.Equal([false, false, true, false], _numbers.ElementwiseIsNull());
        Assert.Equal([true, true, false, true], _numbers.ElementwiseIsNotNull());
    }

    [Fact]
    public void Columns_compare_row_by_row()
    {
        var other = new Int32DataFrameColumn("b", new int?[] { 1, 1, null, 1 });

        Assert.Equal([true, false, true, false], _numbers.ElementwiseEquals(other));
        Assert.Equal([false, true, false, false], _numbers.ElementwiseGreaterThan(other));
    }

    [Fact]
    public void Columns_of_different_lengths_do_not_compare()
    {
        Assert.Throws<ArgumentException>(() => _numbers.ElementwiseEquals(new Int32DataFrameColumn("b", 1)));
    }

    [Fact]
    public void Strings_compare_with_strings_only()
    {
        var strings = new StringDataFrameColumn("a", ["x", null, "y"]);

        Assert.Equal([true, false, false], strings.ElementwiseEquals("x"));
        Assert.Equal([false, true, true], strings.ElementwiseNotEquals("x"));
        Assert.Throws<ArgumentException>(() => strings.ElementwiseEquals(1));
    }

    [Fact]
    public void A_comparison_filters_the_frame()
    {
        var frame = new DataFrame(_numbers);

        Assert.Equal(2.0, Assert.Single(frame[frame["a"].ElementwiseGreaterThan(1.0)].Rows)["a"]);
    }
}
