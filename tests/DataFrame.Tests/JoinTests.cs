using Microsoft.Data.Analysis;

namespace DataFrameTests;

public sealed class JoinTests
{
    private static DataFrame Frame(string name, params string?[] keys) => new(
        new StringDataFrameColumn("key", keys),
        new Int32DataFrameColumn(name, Enumerable.Range(0, keys.Length)));

    private static DataFrame Merged(JoinAlgorithm algorithm) =>
        Frame("left", "a", null, "b").Merge<string>(Frame("right", null, "b", "c"), "key", "key", joinAlgorithm: algorithm);

    [Fact]
    public void Null_meets_null()
    {
        Assert.Equal([1, 2], Merged(JoinAlgorithm.Inner).Columns.GetInt32Column("left").Order());
    }

    [Fact]
    public void Rows_without_a_partner_stand_beside_nulls()
    {
        var merged = Merged(JoinAlgorithm.FullOuter);

        Assert.Equal([0, 1, 2, null], merged.Columns.GetInt32Column("left"));
        Assert.Equal([null, 0, 1, 2], merged.Columns.GetInt32Column("right"));
    }

    [Fact]
    public void A_null_without_a_partner_is_kept_by_an_outer_join()
    {
        var merged = Frame("left", "a", null).Merge<string>(Frame("right", "a"), "key", "key");

        Assert.Equal([0, 1], merged.Columns.GetInt32Column("left"));
    }

    [Fact]
    public void Every_pair_of_partners_is_a_row()
    {
        Assert.Equal(6, Frame("left", "a", "a").Merge<string>(Frame("right", "a", "a", "a"), "key", "key").Rows.Count);
    }

    [Fact]
    public void Rows_meet_only_where_all_columns_named_are_equal()
    {
        var left = new DataFrame(new Int32DataFrameColumn("a", [1, 1, 2]), new Int32DataFrameColumn("b", [1, 2, 2]));
        var right = new DataFrame(new Int32DataFrameColumn("a", [1, 2]), new Int32DataFrameColumn("b", [2, 1]));

        var merged = left.Merge(right, ["a", "b"], ["a", "b"], joinAlgorithm: JoinAlgorithm.Inner);

        Assert.Equal([1], merged.Columns.GetInt32Column("a_left"));
        Assert.Equal([2], merged.Columns.GetInt32Column("b_left"));
    }

    [Fact]
    public void Columns_that_are_compared_come_in_pairs()
    {
        Assert.Throws<ArgumentException>(() => Frame("left", "a").Merge(Frame("right", "a"), ["key", "left"], ["key"]));
        Assert.Throws<ArgumentException>(() => Frame("left", "a").Merge(Frame("right", "a"), [], []));
    }

    [Fact]
    public void Unlike_types_are_refused_with_their_names()
    {
        var error = Assert.Throws<ArgumentException>(() => Frame("left", "a").Merge<string>(Frame("right", "a"), "key", "right"));

        Assert.Contains("'key' holds String, column 'right' Int32", error.Message);
    }

    [Fact]
    public void A_join_leaves_both_frames_as_they_were()
    {
        var (left, right) = (Frame("left", "a"), Frame("right", "a"));

        left.Join(right);

        Assert.Equal(["key", "left"], left.Columns.Select(column => column.Name));
        Assert.Equal(["key", "right"], right.Columns.Select(column => column.Name));
    }
}
