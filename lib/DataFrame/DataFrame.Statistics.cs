namespace Microsoft.Data.Analysis;

public partial class DataFrame
{
    /// <summary>A frame that gives each column of numbers or dates its number of values that are not null, the largest, the smallest and the mean.</summary>
    public DataFrame Description()
    {
        var described = Columns.Where(column => column.HasDescription()).Select(column => column.Description()).ToList();
        if (described.Count > 0)
            described.Insert(0, new StringDataFrameColumn("Description", [LengthRow, "Max", "Min", "Mean"]));
        return new DataFrame(described);
    }

    /// <summary>A new frame of rows drawn at random, each at most once.</summary>
    /// <exception cref="ArgumentException">There are fewer rows than asked for.</exception>
    public DataFrame Sample(int numberOfRows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(numberOfRows);
        if (numberOfRows > Rows.Count)
            throw new ArgumentException($"There are {Rows.Count} rows, fewer than the {numberOfRows} asked for.", nameof(numberOfRows));
        var rows = Indices.All(Rows.Count, 0);
        Random.Shared.Shuffle(rows);
        return Map(column => column.Gather(rows.AsSpan(0, numberOfRows)));
    }

    /// <summary>The frame with its numbers below <paramref name="min"/> raised to it and those above <paramref name="max"/> lowered to it.</summary>
    /// <param name="min">The smallest number of the result.</param>
    /// <param name="max">The largest number of the result.</param>
    /// <param name="inPlace">Whether this frame changes; otherwise a copy does.</param>
    /// <exception cref="FormatException">A bound cannot be converted to a column's type.</exception>
    public DataFrame Clamp<TBound>(TBound min, TBound max, bool inPlace = false)
    {
        var frame = inPlace ? this : Clone();
        foreach (var column in frame.Columns.Where(column => column.IsNumericColumn()))
            column.Clamp(min, max, inPlace: true);
        return frame;
    }

    /// <summary>The frame with text put before the names of its columns.</summary>
    /// <param name="prefix">The text.</param>
    /// <param name="inPlace">Whether this frame changes; otherwise a copy does.</param>
    public DataFrame AddPrefix(string prefix, bool inPlace = false) => Renamed(name => prefix + name, inPlace);

    /// <summary>The frame with text put after the names of its columns.</summary>
    /// <param name="suffix">The text.</param>
    /// <param name="inPlace">Whether this frame changes; otherwise a copy does.</param>
    public DataFrame AddSuffix(string suffix, bool inPlace = false) => Renamed(name => name + suffix, inPlace);

    private DataFrame Renamed(Func<string, string> rename, bool inPlace)
    {
        var frame = inPlace ? this : Clone();
        foreach (var column in frame.Columns)
            column.SetName(rename(column.Name));
        return frame;
    }
}
