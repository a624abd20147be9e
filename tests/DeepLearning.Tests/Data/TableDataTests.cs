using DeepLearning.Data;
using Microsoft.Data.Analysis;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Data;

public sealed class TableDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_csv_file_becomes_inputs_and_targets()
    {
        var table = TableData.Load(Write(",a,b,y\n0,1,0.5,1\n1,2,-3e2,0\n"), indexColumn: 0);
        Assert.Equal(["a", "b"], table.InputNames);
        Assert.Equal([1f, 0.5f, 2f, -300f], table.X.data<float>().ToArray());
        Assert.Equal([2, 1], table.Y.shape);
        Assert.Equal([1f, 0f], table.Y.data<float>().ToArray());
        Assert.Equal("data.csv: 2 rows, inputs a, b, target y", table.ToString());
    }

    [Fact]
    public void Any_columns_can_be_targets_and_Booleans_are_numbers()
    {
        var table = TableData.Load(Write("y,a,z\ntrue,1,2\nfalse,3,4\n"), targets: ["z", "y"]);
        Assert.Equal(["a"], table.InputNames);
        Assert.Equal([2f, 1f, 4f, 0f], table.Y.data<float>().ToArray());
    }

    [Fact]
    public void A_value_that_is_not_a_number_is_reported_with_its_position()
    {
        Assert.Equal("Row 1 (from 0), column 'a': 'x' is not a number.", Fails("a,y\n1,1\nx,2\n"));
        Assert.Equal(
            "Row 1 (from 0) has no value in column 'a': fill it in or drop the row (MissingValues.DropRow).", Fails("a,y\n1,1\n,2\n"));
        Assert.StartsWith("There is no column 'q'; the columns are a, y.", Assert.Throws<ArgumentException>(
            () => TableData.Load(Write("a,y\n1,2\n"), targets: ["q"])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TableData.Load(Write("y\n1\n")));
        Assert.Throws<ArgumentOutOfRangeException>(() => TableData.Load(Write("a,y\n1,2\n"), indexColumn: 2));
    }

    [Fact]
    public void Rows_batches_and_torchs_dataset_have_equal_values()
    {
        var table = DataCsvTests.Small(ones: 3, zeros: 4);
        Assert.Equal(table.X[5].data<float>().ToArray(), table[5].X.data<float>().ToArray());
        Assert.Equal(table.X.data<float>().ToArray()[6..9], table[2..3].X.data<float>().ToArray());
        Assert.Equal(table.X.data<float>().ToArray(), table.Batches().Epoch().First().Inputs.data<float>().ToArray());
        Assert.Equal(4, table.Batches(batchSize: 2, shuffle: true).Count);
        var sample = table.ToDataset().GetTensor(5);
        Assert.Equal(table[5].X.data<float>().ToArray(), sample[0].data<float>().ToArray());
        Assert.Equal(table[5].Y.data<float>().ToArray(), sample[1].data<float>().ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => table[7]);
        Assert.Throws<ArgumentOutOfRangeException>(() => table[6..8]);
    }

    [Fact]
    public void A_table_round_trips_through_a_data_frame()
    {
        var table = DataCsvTests.Small(ones: 3, zeros: 4);
        var frame = table.Table();
        Assert.Equal(["a", "b", "c", "y"], frame.Columns.Select(column => column.Name));
        Assert.Equal(table.X.data<float>().ToArray(), TableData.Of(frame).X.data<float>().ToArray());
    }

    [Fact]
    public void A_table_outlives_the_scope_of_its_creation()
    {
        TableData table;
        using (NewDisposeScope())
            table = TableData.Of(new DataFrame(new SingleDataFrameColumn("x", [1f, 2f]), new SingleDataFrameColumn("y", [0f, 1f])));
        Assert.Equal([1f, 2f], table.X.data<float>().ToArray());
    }

    [Fact]
    public void Tensors_that_are_not_two_tables_are_rejected()
    {
        Assert.Throws<ArgumentException>(() => new TableData("t", zeros(3, 2), zeros(4, 1), ["a", "b"], ["y"]));
        Assert.Throws<ArgumentException>(() => new TableData("t", zeros(3, 2), zeros(3), ["a", "b"], ["y"]));
        Assert.Throws<ArgumentException>(() => new TableData("t", zeros(3, 2), zeros(3, 1), ["a"], ["y"]));
    }

    private string Write(string csv)
    {
        File.WriteAllText(_folder["data.csv"], csv);
        return _folder["data.csv"];
    }

    private string Fails(string csv) => Assert.Throws<FormatException>(() => TableData.Load(Write(csv))).Message;
}
