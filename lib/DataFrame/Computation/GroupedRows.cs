namespace Microsoft.Data.Analysis;

/// <summary>The rows of each different value of a column, in the order of first occurrences. Null is no value.</summary>
internal static class GroupedRows
{
    internal static IReadOnlyList<List<long>> Of(DataFrameColumn column)
    {
        var groups = new List<List<long>>();
        var places = new Dictionary<object, int>();
        for (long row = 0; row < column.Length; row++)
        {
            if (column[row] is not { } value)
                continue;
            if (places.TryAdd(value, groups.Count))
                groups.Add([]);
            groups[places[value]].Add(row);
        }

        return groups;
    }
}
