namespace Microsoft.Data.Analysis;

/// <summary>Row numbers to gather values by.</summary>
internal static class Indices
{
    /// <summary>The row number that stands for no row: its value is null.</summary>
    internal const long Null = -1;

    internal static long[] All(long length, long nulls)
    {
        var rows = new long[length + nulls];
        Array.Fill(rows, Null);
        for (long i = 0; i < length; i++)
            rows[i] = i;
        return rows;
    }

    internal static long[] From(DataFrameColumn map, long length, bool invert, long nulls)
    {
        ArgumentNullException.ThrowIfNull(map);
        var rows = map switch
        {
            PrimitiveDataFrameColumn<bool> filter => WhereTrue(filter, length),
            PrimitiveDataFrameColumn<int> ints => ints.Select(row => (long?)row).Select(row => Checked(row, length)).ToList(),
            PrimitiveDataFrameColumn<long> longs => longs.Select(row => Checked(row, length)).ToList(),
            _ => throw new ArgumentException($"Rows are chosen by bool, int or long, not by {map.DataType.Name}.", nameof(map)),
        };
        if (invert)
            rows.Reverse();
        for (long i = 0; i < nulls; i++)
            rows.Add(Null);
        return [.. rows];
    }

    /// <summary>The row numbers in the order of the values; a stable sort.</summary>
    internal static long[] Sorted<T>(IReadOnlyList<T> values, Func<int, bool> isNull, IComparer<T> comparer, bool ascending, bool nullsLast)
    {
        var rows = Enumerable.Range(0, values.Count).ToLookup(isNull);
        var sorted = ascending
            ? rows[false].OrderBy(row => values[row], comparer)
            : rows[false].OrderByDescending(row => values[row], comparer);
        var all = nullsLast ? sorted.Concat(rows[true]) : rows[true].Concat(sorted);
        return [.. all.Select(row => (long)row)];
    }

    private static List<long> WhereTrue(PrimitiveDataFrameColumn<bool> filter, long length)
    {
        if (filter.Length != length)
            throw new ArgumentException($"The filter has {filter.Length} values for {length} rows.", nameof(filter));
        var rows = new List<long>();
        for (long row = 0; row < length; row++)
        {
            if (filter[row] == true)
                rows.Add(row);
        }

        return rows;
    }

    private static long Checked(long? row, long length) => row switch
    {
        null => Null,
        >= 0 when row < length => row.Value,
        _ => throw new ArgumentOutOfRangeException(nameof(row), row, $"There is no such row among {length}."),
    };
}
