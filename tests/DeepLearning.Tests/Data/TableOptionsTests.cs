using System.Globalization;
using DeepLearning.Data;
using DeepLearning.Tables;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Data;

public sealed class TableOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Semicolons_and_decimal_commas_are_read()
    {
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (german.NumberFormat.NumberDecimalSeparator, german.NumberFormat.NumberGroupSeparator) = (",", ".");
        var table = Load("a;b;y\n1,5;x;2\n-0,25;NA;3\n", new TableOptions
        {
            Csv = new CsvOptions { Separator = ';', Culture = german },
            Ignore = ["b"],
        });
        Assert.Equal([1.5f, -0.25f], table.X.data<float>().ToArray());
        Assert.Equal(["a"], table.InputNames);
    }

    [Fact]
    public void Rows_with_missing_values_can_be_dropped()
    {
        var table = Load("id,a,y\n,1,1\n7,NA,2\n8,3,\n9,?,5\n10,4,6\n", new TableOptions { Missing = MissingValues.DropRow, Ignore = ["id"] });
        Assert.Equal([1f, 4f], table.X.data<float>().ToArray());
        Assert.Equal([1f, 6f], table.Y.data<float>().ToArray());
    }

    [Fact]
    public void Missing_inputs_can_be_kept_and_filled_from_the_training_data()
    {
        var options = new TableOptions { Missing = MissingValues.Keep };
        var train = Load("a,b,y\n1,1,0\n,2,0\n3,,0\n8,6,0\n", options);
        Assert.Equal([1f, 1, float.NaN, 2, 3, float.NaN, 8, 6], train.X.data<float>().ToArray());
        Assert.Equal([1f, 1, 4, 2, 3, 3, 8, 6], MissingValueFiller.Mean(train.X).Apply(train).X.data<float>().ToArray());
        Assert.Equal([3.0, 2], MissingValueFiller.Median(train.X).Values);
        var test = Load("a,b,y\nnan,NULL,0\n", options);
        Assert.Equal([3f, 2], MissingValueFiller.Median(train.X).Apply(test).X.data<float>().ToArray());
        Assert.Contains("Row 0 (from 0) has no value in column 'y'", Fails("a,y\n1,\n", options), StringComparison.Ordinal);
        Assert.Contains("Row 1 (from 0) has no value in column 'a'", Fails("a,y\n1,1\nNA,1\n", new TableOptions()), StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_become_columns_of_zeros_and_ones_or_numbers()
    {
        const string csv = "color,size,y\nred,1,no\nblue,2,yes\nred,3,yes\n";
        var oneHot = Load(csv, new TableOptions { Categories = Categories.OneHot });
        Assert.Equal(["color=blue", "color=red", "size"], oneHot.InputNames);
        Assert.Equal([0f, 1, 1, 1, 0, 2, 0, 1, 3], oneHot.X.data<float>().ToArray());
        Assert.Equal(["y=no", "y=yes"], oneHot.TargetNames);
        Assert.Equal([0L, 1, 1], oneHot.Classes());
        var codes = Load(csv, new TableOptions { Categories = Categories.Codes });
        Assert.Equal([1f, 1, 0, 2, 1, 3], codes.X.data<float>().ToArray());
        Assert.Equal([0f, 1, 1], codes.Y.data<float>().ToArray());
        Assert.Equal(["blue", "red"], codes.Categories["color"]);
        Assert.Contains("'red' is not a number", Fails(csv, new TableOptions()), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_data_uses_the_categories_of_the_training_data()
    {
        var train = Load("color,y\nred,1\ngreen,1\nblue,1\n", new TableOptions { Categories = Categories.Codes });
        var options = new TableOptions { Categories = Categories.OneHot, KnownCategories = train.Categories };
        var test = Load("color,y\nred,1\n", options);
        Assert.Equal(["color=blue", "color=green", "color=red"], test.InputNames);
        Assert.Equal([0f, 0, 1], test.X.data<float>().ToArray());
        Assert.Equal(
            "Row 0 (from 0), column 'color': 'pink' is not one of the categories blue, green, red.", Fails("color,y\npink,1\n", options));
        var missing = Load("color,y\n,1\n", options with { Missing = MissingValues.Keep });
        Assert.All(missing.X.data<float>().ToArray(), value => Assert.True(float.IsNaN(value)));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("sv-SE")]
    public void Numbers_and_messages_do_not_depend_on_the_culture(string culture)
    {
        using var scope = new Tables.CultureScope(culture);
        var table = Load("a,c,y\n1.5,x,-2.5\n", new TableOptions { Categories = Categories.Codes });
        Assert.Equal([1.5f, 0], table.X.data<float>().ToArray());
        Assert.Equal(-2.5f, table.Y.item<float>());
        Assert.Contains("0.7 + 0.7", Assert.Throws<ArgumentException>(() => table.Split([0.7, 0.7])).Message, StringComparison.Ordinal);
        Assert.Equal("t: 1,500 rows, inputs x, target y", new TableData("t", zeros(1500, 1), zeros(1500, 1), ["x"], ["y"]).ToString());
    }

    [Fact]
    public void A_scaler_is_fitted_on_the_training_data_and_applied_to_the_rest()
    {
        // StandardScaler().fit([[1, 5], [2, 5], [6, 5]]).transform([[3, 7]])
        var train = new TableData("t", tensor(new float[,] { { 1, 5 }, { 2, 5 }, { 6, 5 } }), zeros(3, 1), ["a", "b"], ["y"]);
        var test = new TableData("t", tensor(new float[,] { { 3, 7 } }), zeros(1, 1), ["a", "b"], ["y"]);
        var scaler = Scaler.Standard(train.X);
        Assert.Equal([0f, 2], scaler.Apply(test).X.data<float>().ToArray());
        Assert.Equal(-0.9258201f, scaler.Apply(train).X[0, 0].item<float>(), 1e-6f);
        var minMax = Scaler.MinMax(train.X);
        Assert.Equal([0.4f, 2], minMax.Apply(test.X).data<float>().ToArray());
        Assert.Equal([3f, 7], minMax.Invert(minMax.Apply(test.X)).data<float>().ToArray());
        Assert.Equal([1f, 5, 2, 5, 6, 5], train.X.data<float>().ToArray());
        var same = new Scaler(minMax.Offset, minMax.Scale);
        Assert.Equal([0.4f, 2], same.Apply(test.X).data<float>().ToArray());
        Assert.Throws<ArgumentException>(() => scaler.Apply(zeros(2, 3)));
        // equal values whose mean is rounded
        using var equal = full(10, 1, 0.1, float64);
        Assert.All(Scaler.Standard(equal).Apply(equal).data<double>(), value => Assert.Equal(0, value, 1e-12));
        Assert.Throws<ArgumentException>(() => Scaler.Standard(zeros(0, 3)));
        Assert.Throws<ArgumentException>(() => Scaler.MinMax(full(2, 1, float.NaN)));
    }

    [Fact]
    public void Unknown_columns_are_rejected()
    {
        Assert.Throws<ArgumentException>(() => Load("a,y\n1,2\n", new TableOptions { Ignore = ["b"] }));
        Assert.Throws<ArgumentException>(() => Load("a,y\n1,2\n", new TableOptions { Targets = ["b"] }));
        Assert.Throws<ArgumentException>(() => Load("a,y\n1,2\n", new TableOptions { Ignore = ["a"] }));
    }

    [Fact]
    public void A_column_that_is_chosen_twice_is_rejected()
    {
        foreach (var options in new[] { new TableOptions { Targets = ["y", "y"] }, new TableOptions { Targets = ["y"], Ignore = ["y"] } })
            Assert.Contains("'y' is twice", Assert.Throws<ArgumentException>(() => Load("a,y\n1,2\n", options)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(';', "Is ';' the separator?")]
    [InlineData('\t', "Is '\\t' the separator?")]
    public void A_file_with_another_separator_is_answered_with_the_option(char separator, string advice)
    {
        var text = $"a{separator}y\n1{separator}2\n";
        Assert.Contains(advice, Assert.Throws<ArgumentException>(() => Load(text, new TableOptions())).Message, StringComparison.Ordinal);
        Assert.Equal(["a"], Load(text, new TableOptions { Csv = new() { Separator = separator } }).InputNames);
    }

    [Fact]
    public void The_text_of_a_table_with_many_columns_is_short()
    {
        var table = Load(string.Join(',', Enumerable.Range(0, 100).Select(i => $"x{i}")) + "\n" + string.Join(',', Enumerable.Repeat("1", 100)) + "\n", new TableOptions());
        Assert.Equal("data.csv: 1 row, inputs x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, … (89 more), target x99", table.ToString());
    }

    [Fact]
    public void Known_categories_of_a_column_that_the_table_lacks_are_rejected()
    {
        var options = new TableOptions { Categories = Categories.Codes, KnownCategories = new Dictionary<string, IReadOnlyList<string>> { ["colour"] = ["red"] } };
        var error = Assert.Throws<ArgumentException>(() => TableData.Of(Csv.Parse("color,y\nred,1\n"), options));
        Assert.Contains("the column 'colour', which the table lacks; the columns are color, y", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Integers_are_scaled_to_fractions()
    {
        using var scope = NewDisposeScope();
        var data = tensor(new long[] { 1, 2, 4, 5 }).view(4, 1);
        var scaled = Scaler.MinMax(data).Apply(data);
        Assert.Equal(float32, scaled.dtype);
        Assert.Equal([0, 0.25f, 0.75f, 1], scaled.data<float>().ToArray());
        Assert.Equal([1, 2, 4, 5], Scaler.MinMax(data).Invert(scaled).data<float>().ToArray());
    }

    [Fact]
    public void An_infinite_value_is_named_by_its_column_and_row()
    {
        using var scope = NewDisposeScope();
        var data = ones(4, 3);
        data[2, 1] = float.NegativeInfinity;
        foreach (var fit in new Action[] { () => Scaler.Standard(data), () => Scaler.MinMax(data), () => MissingValueFiller.Mean(data), () => MissingValueFiller.Median(data) })
            Assert.Contains("Column 1 (from 0) has an infinite value in row 2 (from 0)", Assert.Throws<ArgumentException>(fit).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scalers_and_fillers_are_equal_by_value_and_have_readable_texts()
    {
        using var data = tensor(new[,] { { 1f, 10 }, { 3, 30 } });
        var (scaler, filler) = (Scaler.MinMax(data), MissingValueFiller.Mean(data));
        Assert.Equal(scaler, new Scaler([1.0, 10], [2.0, 20]));
        Assert.Equal(scaler.GetHashCode(), new Scaler([1.0, 10], [2.0, 20]).GetHashCode());
        Assert.NotEqual(scaler, new Scaler([1.0, 10], [2.0, 21]));
        Assert.Equal(filler, new MissingValueFiller([2.0, 20]));
        Assert.NotEqual(filler, new MissingValueFiller([2.0]));
        Assert.Equal(("offset 1, 10; scale 2, 20", "values 2, 20"), ($"{scaler}", $"{filler}"));
        Assert.Equal(ChannelStatistics.Of(new TensorBatches(data, data)), ChannelStatistics.Of(new TensorBatches(data, data)));
    }

    [Fact]
    public void A_scaler_with_an_invalid_scale_is_rejected()
    {
        Assert.Throws<ArgumentException>(() => new Scaler([0.0], [0.0]));
        Assert.Throws<ArgumentException>(() => new Scaler([0.0], [double.NaN]));
        Assert.Throws<ArgumentException>(() => new Scaler([0.0, 1], [1.0]));
    }

    private TableData Load(string csv, TableOptions options)
    {
        File.WriteAllText(_folder["data.csv"], csv);
        return TableData.Load(_folder["data.csv"], options);
    }

    private string Fails(string csv, TableOptions options) => Assert.Throws<FormatException>(() => Load(csv, options)).Message;
}
