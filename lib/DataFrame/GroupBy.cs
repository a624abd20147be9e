namespace Microsoft.Data.Analysis;

/// <summary>
/// The groups of a frame's rows, and what becomes of them: a new frame with a row a group, in the order in which the groups occur, whose
/// first column holds the groups' values. Nulls are passed over.
/// </summary>
public abstract class GroupBy
{
    private protected GroupBy()
    {
    }

    /// <summary>How many values are not null.</summary>
    /// <param name="columnNames">The columns; all when there is none.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public abstract DataFrame Count(params string[] columnNames);

    /// <summary>The value of each group's first row.</summary>
    /// <inheritdoc cref="Count"/>
    public abstract DataFrame First(params string[] columnNames);

    /// <summary>The first rows of each group, or all when there are fewer: the grouping column first, then the others.</summary>
    public abstract DataFrame Head(int numberOfRows);

    /// <summary>The last rows of each group, or all when there are fewer: the grouping column first, then the others.</summary>
    public abstract DataFrame Tail(int numberOfRows);

    /// <summary>The largest value; null where there is none.</summary>
    /// <param name="columnNames">The columns; those of numbers when there is none.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="NotSupportedException">A column does not hold numbers.</exception>
    public abstract DataFrame Max(params string[] columnNames);

    /// <summary>The smallest value; null where there is none.</summary>
    /// <inheritdoc cref="Max"/>
    public abstract DataFrame Min(params string[] columnNames);

    /// <summary>The product, in the column's own type.</summary>
    /// <inheritdoc cref="Max"/>
    public abstract DataFrame Product(params string[] columnNames);

    /// <summary>The sum, in the column's own type.</summary>
    /// <inheritdoc cref="Max"/>
    public abstract DataFrame Sum(params string[] columnNames);

    /// <summary>The mean of the values that are not null; null where there is none.</summary>
    /// <inheritdoc cref="Max"/>
    public abstract DataFrame Mean(params string[] columnNames);
}
