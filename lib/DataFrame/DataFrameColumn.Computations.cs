namespace Microsoft.Data.Analysis;

public abstract partial class DataFrameColumn
{
    /// <summary>The product, in the column's own type; one when there is no value.</summary>
    /// <exception cref="NotSupportedException">The values are not numbers.</exception>
    /// <exception cref="OverflowException">An integer product is beyond its type.</exception>
    public virtual object Product() => throw NotNumeric(nameof(Product));

    /// <summary>The value in the middle of the sorted values, or the mean of the two there; zero when there is none.</summary>
    /// <exception cref="NotSupportedException">The values are not numbers.</exception>
    public virtual double Median() => throw NotNumeric(nameof(Median));

    /// <summary>The sum of the values at these rows.</summary>
    /// <inheritdoc cref="Sum()"/>
    public object Sum(IEnumerable<long> rowIndices) => At(rowIndices).Sum();

    /// <summary>The product of the values at these rows.</summary>
    /// <inheritdoc cref="Product()"/>
    public object Product(IEnumerable<long> rowIndices) => At(rowIndices).Product();

    /// <summary>The smallest of the values at these rows.</summary>
    /// <inheritdoc cref="Min()"/>
    public object? Min(IEnumerable<long> rowIndices) => At(rowIndices).Min();

    /// <summary>The largest of the values at these rows.</summary>
    /// <inheritdoc cref="Max()"/>
    public object? Max(IEnumerable<long> rowIndices) => At(rowIndices).Max();

    /// <summary>Whether no value is false or null.</summary>
    /// <exception cref="NotSupportedException">The values are no truth values.</exception>
    public virtual bool All() => throw new NotSupportedException($"{nameof(All)} needs truth values; column '{Name}' holds {DataType.Name}.");

    /// <summary>Whether any value is true.</summary>
    /// <exception cref="NotSupportedException">The values are no truth values.</exception>
    public virtual bool Any() => throw new NotSupportedException($"{nameof(Any)} needs truth values; column '{Name}' holds {DataType.Name}.");

    /// <summary>The values without their signs.</summary>
    /// <param name="inPlace">Whether this column changes; otherwise a copy does.</param>
    /// <exception cref="NotSupportedException">The values are not numbers.</exception>
    public virtual DataFrameColumn Abs(bool inPlace = false) => throw NotNumeric(nameof(Abs));

    /// <summary>The values rounded to whole numbers, halves to the even one.</summary>
    /// <inheritdoc cref="Abs"/>
    public virtual DataFrameColumn Round(bool inPlace = false) => throw NotNumeric(nameof(Round));

    /// <summary>The sums of the values so far; nulls stay and are passed over.</summary>
    /// <inheritdoc cref="Abs"/>
    public virtual DataFrameColumn CumulativeSum(bool inPlace = false) => throw NotNumeric(nameof(CumulativeSum));

    /// <summary>The products of the values so far; nulls stay and are passed over.</summary>
    /// <inheritdoc cref="Abs"/>
    public virtual DataFrameColumn CumulativeProduct(bool inPlace = false) => throw NotNumeric(nameof(CumulativeProduct));

    /// <summary>The smallest of the values so far; nulls stay and are passed over.</summary>
    /// <inheritdoc cref="Abs"/>
    public virtual DataFrameColumn CumulativeMin(bool inPlace = false) => throw NotNumeric(nameof(CumulativeMin));

    /// <summary>The largest of the values so far; nulls stay and are passed over.</summary>
    /// <inheritdoc cref="Abs"/>
    public virtual DataFrameColumn CumulativeMax(bool inPlace = false) => throw NotNumeric(nameof(CumulativeMax));

    /// <summary>The values, those below <paramref name="min"/> raised to it and those above <paramref name="max"/> lowered to it.</summary>
    /// <param name="min">The smallest value of the result.</param>
    /// <param name="max">The largest value of the result.</param>
    /// <param name="inPlace">Whether this column changes; otherwise a copy does.</param>
    /// <exception cref="NotSupportedException">The values are strings.</exception>
    /// <exception cref="FormatException">A bound cannot be converted to the column's type.</exception>
    public virtual DataFrameColumn Clamp<TBound>(TBound min, TBound max, bool inPlace = false) =>
        throw new NotSupportedException($"Column '{Name}' holds {DataType.Name}, which is not clamped.");

    /// <summary>A new column of the values from <paramref name="min"/> to <paramref name="max"/>, both included.</summary>
    /// <exception cref="NotSupportedException">The values are strings.</exception>
    /// <exception cref="FormatException">A bound cannot be converted to the column's type.</exception>
    public virtual DataFrameColumn Filter<TBound>(TBound min, TBound max) =>
        throw new NotSupportedException($"Column '{Name}' holds {DataType.Name}, which is not filtered by a range.");

    /// <summary>The different values that are not null, in the order of their first occurrence, with how often each is there.</summary>
    /// <returns>A frame of two columns: Values, of this column's type, and Counts, of 64-bit integers.</returns>
    public DataFrame ValueCounts()
    {
        var groups = GroupedRows.Of(this);
        var values = Gather([.. groups.Select(rows => rows[0])]);
        values.SetName("Values");
        return new DataFrame(values, new Int64DataFrameColumn("Counts", groups.Select(rows => (long)rows.Count)));
    }

    /// <summary>Whether <see cref="DataFrame.Description"/> describes this column: numbers and dates.</summary>
    public virtual bool HasDescription() => IsNumericColumn();

    /// <summary>How many values are not null, the largest, the smallest and their mean; null for what dates do not have.</summary>
    /// <exception cref="NotSupportedException">The values are neither numbers nor dates.</exception>
    public DataFrameColumn Description()
    {
        if (!HasDescription())
            throw NotNumeric(nameof(Description));
        float?[] numbers = IsNumericColumn() && NullCount < Length
            ? [Convert.ToSingle(Max()), Convert.ToSingle(Min()), (float)Mean()]
            : [null, null, null];
        return new SingleDataFrameColumn(Name, [Length - NullCount, .. numbers]);
    }

    /// <summary>A copy as numbers of another type.</summary>
    internal abstract DataFrameColumn ConvertTo(Type type);

    /// <summary>Changes the values by an operation with a column's or with one number, converted to this column's type.</summary>
    internal abstract void Compute(Operation operation, object right, bool reverse);

    private DataFrameColumn At(IEnumerable<long> rowIndices)
    {
        ArgumentNullException.ThrowIfNull(rowIndices);
        return Gather([.. rowIndices]);
    }
}
