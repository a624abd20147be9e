using Microsoft.Data.Analysis;

namespace DataFrameTests;

public sealed class SortingTests
{
    private static DataFrame Frame(params int?[] keys) => new(
        new Int32DataFrameColumn("key", keys),
        new Int32DataFrameColumn("at", Enumerable.Range(0, keys.Length)));

    private static Int32DataFrameColumn At(DataFrame frame) => frame.Columns.GetInt32Column("at");

    [Fact]
    public void Rows_follow_the_values_of_the_column()
    {
        Assert.Equal([2, 0, 1], At(Frame(2, 3, 1).OrderBy("key")));
        Assert.Equal([1, 0, 2], At(Frame(2, 3, 1).OrderByDescending("key")));
    }

    [Fact]
    public void Equal_values_keep_their_order_in_both_directions()
    {
        Assert.Equal([1, 3, 0, 2, 4], At(Frame(5, 1, 5, 1, 5).OrderBy("key")));
        Assert.Equal([0, 2, 4, 1, 3], At(Frame(5, 1, 5, 1, 5).OrderByDescending("key")));
    }

    [Fact]
    public void Nulls_come_last_in_both_directions()
    {
        Assert.Equal([3, 1, 0, 2], At(Frame(null, 2, null, 1).OrderBy("key")));
        Assert.Equal([1, 3, 0, 2], At(Frame(null, 2, null, 1).OrderByDescending("key")));
    }

    [Fact]
    public void Nulls_come_first_when_asked_for()
    {
        Assert.Equal([0, 2, 3, 1], At(Frame(null, 2, null, 1).OrderBy("key", putNullValuesLast: false)));
        Assert.Equal([0, 2, 1, 3], At(Frame(null, 2, null, 1).OrderByDescending("key", putNullValuesLast: false)));
    }

    [Fact]
    public void Strings_sort_by_code_unit()
    {
        var sorted = new StringDataFrameColumn("a", ["b", null, "a", "B"]).Sort();

        Assert.Equal(["B", "a", "b", null], sorted);
    }

    [Fact]
    public void The_best_accuracy_comes_before_one_that_is_not_a_number()
    {
        var sorted = new DoubleDataFrameColumn("a", new[] { double.NaN, 0.5, 0.9 }).Sort(ascending: false);

        Assert.Equal([0.9, 0.5, double.NaN], sorted);
    }

    [Fact]
    public void Sorting_an_empty_frame_gives_an_empty_frame()
    {
        Assert.Equal(0, Frame().OrderBy("key").Rows.Count);
    }

    [Fact]
    public void The_frame_itself_keeps_its_order()
    {
        var frame = Frame(2, 1);

        frame.OrderBy("key");

        Assert.Equal([0, 1], At(frame));
    }

    [Fact]
    public void Any_frame_sorts_as_linq_does()
    {
        var random = new Random(0);
        for (var length = 0; length < 200; length++)
        {
            var keys = Enumerable.Range(0, length).Select(_ => random.Next(4) == 0 ? null : (int?)random.Next(length / 2 + 1)).ToArray();

            var expected = keys.Index().OrderBy(pair => pair.Item is null).ThenBy(pair => pair.Item).Select(pair => (int?)pair.Index);

            Assert.Equal(expected, At(Frame(keys).OrderBy("key")));
        }
    }
}
