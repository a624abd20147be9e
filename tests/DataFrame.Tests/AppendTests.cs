using Microsoft.Data.Analysis;

namespace DataFrameTests;

public sealed class AppendTests
{
    private readonly DataFrame _frame = new(
        new StringDataFrameColumn("name", ["first"]),
        new DoubleDataFrameColumn("loss", new[] { 0.5 }));

    [Fact]
    public void Appending_returns_a_copy_unless_in_place()
    {
        var copy = _frame.Append(new object[] { "second", 0.25 });

        Assert.Equal(1, _frame.Rows.Count);
        Assert.Equal(2, copy.Rows.Count);
        Assert.Equal(0.25, copy[1, 1]);
    }

    [Fact]
    public void Appending_in_place_returns_the_frame_itself()
    {
        Assert.Same(_frame, _frame.Append(new object[] { "second", 0.25 }, inPlace: true));
        Assert.Equal(2, _frame.Rows.Count);
    }

    [Fact]
    public void Values_are_converted_to_the_type_of_their_column()
    {
        _frame.Append(new object[] { 7, 1 }, inPlace: true);
        _frame.Append(new object[] { "text", "1.5" }, inPlace: true);

        Assert.Equal(new object[] { "7", 1.0 }, _frame.Rows[1]);
        Assert.Equal(1.5, _frame[2, 1]);
    }

    [Fact]
    public void Missing_values_and_blank_numbers_are_null()
    {
        _frame.Append(new object[] { "short" }, inPlace: true);
        _frame.Append(new object[] { "", "" }, inPlace: true);
        _frame.Append(inPlace: true);

        Assert.Equal(new object?[] { "short", null }, _frame.Rows[1]);
        Assert.Equal(new object?[] { "", null }, _frame.Rows[2]);
        Assert.Equal(new object?[] { null, null }, _frame.Rows[3]);
    }

    [Fact]
    public void More_values_than_columns_are_refused()
    {
        Assert.Throws<ArgumentException>(() => _frame.Append(new object[] { "x", 1.0, 2 }, inPlace: true));
        Assert.Equal(1, _frame.Rows.Count);
    }

    [Fact]
    public void A_value_that_cannot_be_converted_appends_nothing()
    {
        var error = Assert.Throws<FormatException>(() => _frame.Append(new object[] { "x", "much" }, inPlace: true));

        Assert.Contains("'loss'", error.Message);
        Assert.Equal(1, _frame["name"].Length);
    }

    [Fact]
    public void A_row_by_names_may_leave_columns_out()
    {
        _frame.Append(new Dictionary<string, object?> { ["loss"] = 2 }, inPlace: true);

        Assert.Equal(new object?[] { null, 2.0 }, _frame.Rows[1]);
    }

    [Fact]
    public void A_row_by_names_must_name_columns_once()
    {
        Assert.Throws<ArgumentException>(() => _frame.Append(new KeyValuePair<string, object?>[] { new("los", 1.0) }, inPlace: true));
        Assert.Throws<ArgumentException>(() => _frame.Append(new KeyValuePair<string, object?>[] { new("loss", 1.0), new("loss", 2.0) }, inPlace: true));
        Assert.Equal(1, _frame.Rows.Count);
    }

    [Fact]
    public void Rows_of_another_frame_are_appended_by_name()
    {
        var other = new DataFrame(new Int32DataFrameColumn("loss", new[] { 3 }), new StringDataFrameColumn("name", ["other"]));

        _frame.Append(other.Rows, inPlace: true);

        Assert.Equal(new object[] { "other", 3.0 }, _frame.Rows[1]);
    }

    [Fact]
    public void A_frame_can_be_appended_to_itself()
    {
        _frame.Append(_frame.Rows, inPlace: true);

        Assert.Equal(2, _frame.Rows.Count);
    }
}
