namespace Microsoft.Data.Analysis;

/// <summary>Which rows of two frames come to stand beside each other.</summary>
internal static class JoinedRows
{
    /// <summary>The rows of either frame, as many of both; <see cref="Indices.Null"/> where there is no partner.</summary>
    internal static (long[] Left, long[] Right) Of(DataFrameColumn[] left, DataFrameColumn[] right, JoinAlgorithm algorithm)
    {
        foreach (var (a, b) in left.Zip(right))
        {
            if (a.DataType != b.DataType)
                throw new ArgumentException($"Column '{a.Name}' holds {a.DataType.Name}, column '{b.Name}' {b.DataType.Name}: they are never equal.");
        }

        // an inner join goes through the frame with more rows, as Microsoft's does
        var leftLeads = algorithm switch
        {
            JoinAlgorithm.Left or JoinAlgorithm.FullOuter => true,
            JoinAlgorithm.Right => false,
            JoinAlgorithm.Inner => left[0].Length > right[0].Length,
            _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "There is no such join."),
        };
        var (leading, partners) = leftLeads
            ? Match(left, right, algorithm != JoinAlgorithm.Inner)
            : Match(right, left, algorithm != JoinAlgorithm.Inner);
        if (algorithm == JoinAlgorithm.FullOuter)
        {
            var met = partners.ToHashSet();
            var alone = Enumerable.Range(0, (int)right[0].Length).Select(row => (long)row).Where(row => !met.Contains(row)).ToList();
            leading.AddRange(Enumerable.Repeat(Indices.Null, alone.Count));
            partners.AddRange(alone);
        }

        return leftLeads ? ([.. leading], [.. partners]) : ([.. partners], [.. leading]);
    }

    private static (List<long> Leading, List<long> Partners) Match(DataFrameColumn[] leading, DataFrameColumn[] other, bool keepAlone)
    {
        var rowsByKey = Enumerable.Range(0, (int)other[0].Length).ToLookup(row => Key(other, row), row => (long)row);
        var (rows, partners) = (new List<long>(), new List<long>());
        for (long row = 0; row < leading[0].Length; row++)
        {
            var before = rows.Count;
            foreach (var partner in rowsByKey[Key(leading, row)])
            {
                rows.Add(row);
                partners.Add(partner);
            }

            if (keepAlone && rows.Count == before)
            {
                rows.Add(row);
                partners.Add(Indices.Null);
            }
        }

        return (rows, partners);
    }

    private static JoinKey Key(DataFrameColumn[] columns, long row) => new([.. columns.Select(column => column[row])]);
}
