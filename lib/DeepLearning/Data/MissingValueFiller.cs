using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>Replaces the missing values (NaN) of each column with a value that is computed from the training data.</summary>
/// <remarks>Like scikit-learn's SimpleImputer. The list is the whole state: <c>new MissingValueFiller(values)</c> creates an equal filler.</remarks>
/// <param name="Values">The replacement value of each column.</param>
public sealed record MissingValueFiller(IReadOnlyList<double> Values)
{
    /// <summary>Computes the mean of each column.</summary>
    /// <param name="data">The table, [N, columns].</param>
    /// <exception cref="ArgumentException">The data is not a table with rows, a column has no values, or a value is infinite.</exception>
    public static MissingValueFiller Mean(Tensor data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new([.. ColumnNumbers.Of(data).Select(column => column.Average())]);
    }

    /// <summary>Computes the median of each column.</summary>
    /// <inheritdoc cref="Mean(Tensor)"/>
    public static MissingValueFiller Median(Tensor data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new([.. ColumnNumbers.Of(data).Select(column =>
        {
            Array.Sort(column);
            return (column[(column.Length - 1) / 2] + column[column.Length / 2]) / 2;
        })]);
    }

    /// <summary>Replaces the missing values of a table.</summary>
    /// <param name="data">The table, [N, columns]; it is not changed.</param>
    /// <returns>A new tensor of the same type, on the same device.</returns>
    /// <exception cref="ArgumentException">The table has another number of columns.</exception>
    public Tensor Apply(Tensor data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.ndim == 0 || data.shape[^1] != Values.Count)
            throw new ArgumentException($"The filler has {Values.Count} columns, but the data is [{string.Join(", ", data.shape)}].", nameof(data));
        using var scope = NewDisposeScope();
        return where(data.isnan(), tensor(Values.ToArray(), device: data.device).to(data.dtype), data).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public bool Equals(MissingValueFiller? other) => other is not null && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => NumberLists.Hash(Values);

    /// <inheritdoc/>
    public override string ToString() => $"values {NumberLists.Text(Values)}";

    /// <summary>Replaces the missing inputs of a table.</summary>
    /// <inheritdoc cref="Apply(Tensor)" path="/exception"/>
    public TableData Apply(TableData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.With(Apply(data.X));
    }
}
