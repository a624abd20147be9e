namespace Microsoft.Data.Analysis;

/// <summary>A column of dates and times.</summary>
public class DateTimeDataFrameColumn : PrimitiveDataFrameColumn<DateTime>
{
    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, IEnumerable{T?})"/>
    public DateTimeDataFrameColumn(string name, IEnumerable<DateTime?> values)
        : base(name, values)
    {
    }

    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, IEnumerable{T})"/>
    public DateTimeDataFrameColumn(string name, IEnumerable<DateTime> values)
        : base(name, values)
    {
    }

    /// <inheritdoc cref="PrimitiveDataFrameColumn{T}(string, long)"/>
    public DateTimeDataFrameColumn(string name, long length = 0)
        : base(name, length)
    {
    }

    /// <inheritdoc/>
    public override bool HasDescription() => true;

    /// <inheritdoc/>
    protected override PrimitiveDataFrameColumn<DateTime> CreateNewColumn(string name, long length = 0) =>
        new DateTimeDataFrameColumn(name, length);
}
