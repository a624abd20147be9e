using Microsoft.Data.Analysis;

namespace DataFrameTests;

public sealed class DataFrameTests
{
    private static DataFrame Runs() => new(
        new Int32DataFrameColumn("run", new[] { 1, 2, 3 }),
        new StringDataFrameColumn("network", ["plain", "batch_norm", null]),
        new DoubleDataFrameColumn("accuracy", new double?[] { 0.763, 0.856, null }));

    [Fact]
    public void A_frame_is_indexed_by_name_and_by_row_and_column()
    {
        var runs = Runs();

        Assert.Equal(0.856, runs["accuracy"][1]);
        Assert.Equal("plain", runs[0, 1]);
        Assert.Equal(3, runs.Rows[2]["run"]);
        Assert.Equal("batch_norm", runs.Rows[1][1]);
    }

    [Fact]
    public void Values_are_set_through_rows_and_cells()
    {
        var runs = Runs();

        runs[0, 1] = "wide";
        runs.Rows[2]["accuracy"] = 0.5;

        Assert.Equal("wide", runs["network"][0]);
        Assert.Equal(0, runs["accuracy"].NullCount);
    }

    [Fact]
    public void A_missing_column_names_those_there_are()
    {
        var error = Assert.Throws<ArgumentException>(() => Runs()["acuracy"]);

        Assert.Contains("'acuracy'", error.Message);
        Assert.Contains("'accuracy'", error.Message);
    }

    [Fact]
    public void Assigning_a_name_replaces_or_adds_a_column()
    {
        var runs = Runs();

        runs["accuracy"] = new Int32DataFrameColumn("other", new[] { 7, 8, 9 });
        runs["loss"] = new Int32DataFrameColumn("x", new[] { 4, 5, 6 });

        Assert.Equal(["run", "network", "accuracy", "loss"], runs.Columns.Select(column => column.Name));
        Assert.Equal(7, runs[0, 2]);
    }

    [Fact]
    public void Columns_of_another_length_or_a_taken_name_are_refused()
    {
        var runs = Runs();

        Assert.Throws<ArgumentException>(() => runs.Columns.Add(new Int32DataFrameColumn("b", 2)));
        Assert.Throws<ArgumentException>(() => runs.Columns.Add(new Int32DataFrameColumn("run", 3)));
        Assert.Throws<ArgumentException>(() => runs.Columns.SetColumnName(runs["run"], "network"));
        Assert.Equal(3, runs.Columns.Count);
    }

    [Fact]
    public void Columns_are_inserted_removed_and_found()
    {
        var runs = Runs();

        runs.Columns.Insert(0, new[] { 1f, 2f, 3f }, "lr");
        runs.Columns.Remove("network");
        runs.Columns.RemoveAt(1);

        Assert.Equal(1, runs.Columns.IndexOf("accuracy"));
        Assert.Equal(-1, runs.Columns.IndexOf("network"));
        Assert.Equal([1f, 2f, 3f], runs.Columns.GetPrimitiveColumn<float>("lr"));
    }

    [Fact]
    public void A_renamed_column_is_found_by_its_new_name()
    {
        var runs = Runs();

        runs["run"].SetName("id");

        Assert.Equal(0, runs.Columns.IndexOf("id"));
    }

    [Fact]
    public void A_typed_column_of_another_type_says_what_it_is()
    {
        Assert.Equal(3, Runs().Columns.GetInt32Column("run").Length);

        var error = Assert.Throws<ArgumentException>(() => Runs().Columns.GetSingleColumn("accuracy"));

        Assert.Contains("DoubleDataFrameColumn", error.Message);
    }

    [Theory]
    [InlineData(2, new[] { 1, 2 }, new[] { 2, 3 })]
    [InlineData(9, new[] { 1, 2, 3 }, new[] { 1, 2, 3 })]
    [InlineData(0, new int[0], new int[0])]
    public void Head_and_tail_take_what_there_is(int count, int[] head, int[] tail)
    {
        Assert.Equal(head, Runs().Head(count).Columns.GetInt32Column("run").Select(run => run!.Value));
        Assert.Equal(tail, Runs().Tail(count).Columns.GetInt32Column("run").Select(run => run!.Value));
    }

    [Fact]
    public void A_filter_keeps_the_rows_that_are_true()
    {
        var kept = Runs()[new BooleanDataFrameColumn("f", new bool?[] { true, null, true })];

        Assert.Equal([1, 3], kept.Columns.GetInt32Column("run"));
    }

    [Fact]
    public void A_filter_of_another_length_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Runs().Filter(new BooleanDataFrameColumn("f", new[] { true })));
    }

    [Fact]
    public void A_filter_of_row_numbers_reorders()
    {
        Assert.Equal([3, 1], Runs().Filter(new Int64DataFrameColumn("f", new[] { 2L, 0L })).Columns.GetInt32Column("run"));
    }

    [Fact]
    public void A_clone_shares_nothing()
    {
        var runs = Runs();

        runs.Clone()[0, 0] = 99;

        Assert.Equal(1, runs[0, 0]);
    }

    [Fact]
    public void Info_gives_types_and_counts()
    {
        var info = Runs().Info();

        Assert.Equal(["Info", "run", "network", "accuracy"], info.Columns.Select(column => column.Name));
        Assert.Equal("System.Double", info["accuracy"][0]);
        Assert.Equal("2", info["accuracy"][1]);
    }

    [Fact]
    public void A_row_lists_its_values()
    {
        Assert.Equal(new object?[] { 3, null, null }, Runs().Rows[2]);
        Assert.Equal("3 null null", Runs().Rows[2].ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => Runs().Rows[3]);
    }

    [Fact]
    public void An_empty_frame_has_no_rows()
    {
        Assert.Equal(0, new DataFrame().Rows.Count);
        Assert.Empty(new DataFrame().Info().Columns);
    }
}
