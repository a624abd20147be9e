namespace Microsoft.Data.Analysis;

public partial class DataFrame
{
    /// <summary>Puts another frame's columns beside this one's, row by row; where one frame is shorter, its values are null.</summary>
    /// <param name="other">The other frame.</param>
    /// <param name="leftSuffix">What this frame's column is called besides, where the other has one of the same name.</param>
    /// <param name="rightSuffix">What the other frame's column is called then.</param>
    /// <param name="joinAlgorithm">How many rows: this frame's, the other's, the larger number or the smaller one.</param>
    public DataFrame Join(
        DataFrame other, string leftSuffix = "_left", string rightSuffix = "_right", JoinAlgorithm joinAlgorithm = JoinAlgorithm.Left)
    {
        ArgumentNullException.ThrowIfNull(other);
        var count = joinAlgorithm switch
        {
            JoinAlgorithm.Left => Rows.Count,
            JoinAlgorithm.Right => other.Rows.Count,
            JoinAlgorithm.FullOuter => Math.Max(Rows.Count, other.Rows.Count),
            JoinAlgorithm.Inner => Math.Min(Rows.Count, other.Rows.Count),
            _ => throw new ArgumentOutOfRangeException(nameof(joinAlgorithm), joinAlgorithm, "There is no such join."),
        };
        return Beside(RowsOf(this, count), other, RowsOf(other, count), leftSuffix, rightSuffix);

        static long[] RowsOf(DataFrame frame, long count) =>
            Indices.All(Math.Min(count, frame.Rows.Count), Math.Max(0, count - frame.Rows.Count));
    }

    /// <summary>Puts rows of two frames beside each other where the values of a column are equal; null equals null.</summary>
    /// <typeparam name="TKey">The type of the columns' values.</typeparam>
    /// <inheritdoc cref="Merge(DataFrame, string[], string[], string, string, JoinAlgorithm)"/>
    public DataFrame Merge<TKey>(
        DataFrame other, string leftJoinColumn, string rightJoinColumn, string leftSuffix = "_left", string rightSuffix = "_right",
        JoinAlgorithm joinAlgorithm = JoinAlgorithm.Left) =>
        Merge(other, [leftJoinColumn], [rightJoinColumn], leftSuffix, rightSuffix, joinAlgorithm);

    /// <summary>Puts rows of two frames beside each other where the values of the columns named are equal; null equals null.</summary>
    /// <param name="other">The other frame.</param>
    /// <param name="leftJoinColumns">This frame's columns to compare.</param>
    /// <param name="rightJoinColumns">The other frame's, one for each, of the same types.</param>
    /// <param name="leftSuffix">What this frame's column is called besides, where the other has one of the same name.</param>
    /// <param name="rightSuffix">What the other frame's column is called then.</param>
    /// <param name="joinAlgorithm">Which rows without a partner are kept, beside nulls.</param>
    /// <exception cref="ArgumentException">A column is missing, the columns are not as many, or not of the same types.</exception>
    public DataFrame Merge(
        DataFrame other, string[] leftJoinColumns, string[] rightJoinColumns, string leftSuffix = "_left", string rightSuffix = "_right",
        JoinAlgorithm joinAlgorithm = JoinAlgorithm.Left)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(leftJoinColumns);
        ArgumentNullException.ThrowIfNull(rightJoinColumns);
        if (leftJoinColumns.Length != rightJoinColumns.Length || leftJoinColumns.Length == 0)
        {
            throw new ArgumentException(
                $"Columns are compared in pairs; {leftJoinColumns.Length} are given here and {rightJoinColumns.Length} there.", nameof(leftJoinColumns));
        }

        var left = leftJoinColumns.Select(name => Columns[name]).ToArray();
        var right = rightJoinColumns.Select(name => other.Columns[name]).ToArray();
        var (leftRows, rightRows) = JoinedRows.Of(left, right, joinAlgorithm);
        return Beside(leftRows, other, rightRows, leftSuffix, rightSuffix);
    }

    private DataFrame Beside(long[] leftRows, DataFrame other, long[] rightRows, string leftSuffix, string rightSuffix)
    {
        var joined = new DataFrame(Columns.Select(column => column.Gather(leftRows)));
        foreach (var column in other.Columns.Select(column => column.Gather(rightRows)))
        {
            while (joined.Columns.IndexOf(column.Name) is >= 0 and var index)
            {
                joined.Columns[index].SetName(column.Name + leftSuffix);
                column.SetName(column.Name + rightSuffix);
            }

            joined.Columns.Add(column);
        }

        return joined;
    }
}
