using Microsoft.Data.Analysis;

namespace DataFrameTests;

public sealed class GroupingTests
{
    private static DataFrame Runs() => new(
        new StringDataFrameColumn("network", ["plain", "batch_norm", "plain", null]),
        new DoubleDataFrameColumn("accuracy", new double?[] { 0.5, null, 1, 0.1 }),
        new StringDataFrameColumn("device", ["cpu", "cpu", "cuda", "cpu"]),
        new Int32DataFrameColumn("epochs", new[] { 5, 10, 7, 1 }));

    [Fact]
    public void Only_numbers_are_computed_with_when_no_column_is_named()
    {
        Assert.Equal(["network", "accuracy", "epochs"], Runs().GroupBy("network").Max().Columns.Select(column => column.Name));
    }

    [Fact]
    public void A_column_named_that_holds_no_numbers_is_refused()
    {
        var error = Assert.Throws<NotSupportedException>(() => Runs().GroupBy("network").Sum("device"));

        Assert.Contains("'device'", error.Message);
    }

    [Fact]
    public void Nulls_are_passed_over()
    {
        var groups = Runs().GroupBy("network");

        Assert.Equal([0.75, null], groups.Mean("accuracy").Columns.GetDoubleColumn("accuracy"));
        Assert.Equal([0.5, null], groups.Min("accuracy").Columns.GetDoubleColumn("accuracy"));
        Assert.Equal([2, 0], groups.Count().Columns.GetInt64Column("accuracy"));
    }

    [Fact]
    public void A_product_is_in_the_columns_own_type()
    {
        Assert.Equal([35, 10], Runs().GroupBy("network").Product("epochs").Columns.GetInt32Column("epochs"));
    }

    [Fact]
    public void Groups_can_be_enumerated_with_their_rows()
    {
        var plain = Runs().GroupBy<string>("network").Groupings.First();

        Assert.Equal("plain", plain.Key);
        Assert.Equal([5, 7], plain.Select(row => (int)row["epochs"]!));
    }

    [Fact]
    public void The_rows_of_null_belong_to_no_group()
    {
        Assert.Equal(2, Runs().GroupBy("network").First().Rows.Count);
    }

    [Fact]
    public void Naming_the_grouping_column_itself_changes_nothing()
    {
        Assert.Equal(["network", "epochs"], Runs().GroupBy("network").Sum("network", "epochs").Columns.Select(column => column.Name));
    }

    [Fact]
    public void A_frame_without_rows_has_no_groups()
    {
        Assert.Equal(0, Runs().Head(0).GroupBy("network").Mean().Rows.Count);
    }
}
