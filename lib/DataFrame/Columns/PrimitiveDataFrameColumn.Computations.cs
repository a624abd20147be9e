namespace Microsoft.Data.Analysis;

public partial class PrimitiveDataFrameColumn<T>
{
    /// <inheritdoc/>
    public override object Sum() => Numbers<T>.Instance?.Sum(Values) ?? base.Sum();

    /// <inheritdoc/>
    public override object Product() => Numbers<T>.Instance?.Product(Values) ?? base.Product();

    /// <inheritdoc/>
    public override object? Min() => Numbers<T>.Instance is { } numbers ? Reduce(numbers.Min) : base.Min();

    /// <inheritdoc/>
    public override object? Max() => Numbers<T>.Instance is { } numbers ? Reduce(numbers.Max) : base.Max();

    /// <inheritdoc/>
    public override double Mean() => Numbers<T>.Instance switch
    {
        null => base.Mean(),
        _ when Length == 0 => 0,
        { } numbers => numbers.Sum64(Values) / (Length - NullCount),
    };

    /// <inheritdoc/>
    public override double Median()
    {
        if (!IsNumericColumn())
            return base.Median();
        var sorted = Values.Select(value => Convert.ToDouble(value)).Order().ToList();
        return sorted.Count == 0 ? 0 : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <inheritdoc/>
    public override DataFrameColumn Abs(bool inPlace = false) =>
        Numbers<T>.Instance is { } numbers ? Apply(numbers.Abs, inPlace) : base.Abs(inPlace);

    /// <inheritdoc/>
    public override DataFrameColumn Round(bool inPlace = false) =>
        Numbers<T>.Instance is { } numbers ? Apply(numbers.Round, inPlace) : base.Round(inPlace);

    /// <inheritdoc/>
    public override DataFrameColumn CumulativeSum(bool inPlace = false) =>
        Numbers<T>.Instance is { } numbers ? Accumulate((a, b) => numbers.Compute(a, Operation.Add, b), inPlace) : base.CumulativeSum(inPlace);

    /// <inheritdoc/>
    public override DataFrameColumn CumulativeProduct(bool inPlace = false) => Numbers<T>.Instance is { } numbers
        ? Accumulate((a, b) => numbers.Compute(a, Operation.Multiply, b), inPlace)
        : base.CumulativeProduct(inPlace);

    /// <inheritdoc/>
    public override DataFrameColumn CumulativeMin(bool inPlace = false) =>
        Numbers<T>.Instance is { } numbers ? Accumulate(numbers.Min, inPlace) : base.CumulativeMin(inPlace);

    /// <inheritdoc/>
    public override DataFrameColumn CumulativeMax(bool inPlace = false) =>
        Numbers<T>.Instance is { } numbers ? Accumulate(numbers.Max, inPlace) : base.CumulativeMax(inPlace);

    /// <inheritdoc cref="DataFrameColumn.Clamp"/>
    public PrimitiveDataFrameColumn<T> Clamp(T min, T max, bool inPlace = false) =>
        Apply(value => Compare(value, min) < 0 ? min : Compare(value, max) > 0 ? max : value, inPlace);

    /// <inheritdoc/>
    public override DataFrameColumn Clamp<TBound>(TBound min, TBound max, bool inPlace = false) => Clamp(Bound(min), Bound(max), inPlace);

    /// <inheritdoc cref="DataFrameColumn.Filter"/>
    public PrimitiveDataFrameColumn<T> Filter(T min, T max) => New(Values.Where(value => Compare(value, min) >= 0 && Compare(value, max) <= 0));

    /// <inheritdoc/>
    public override DataFrameColumn Filter<TBound>(TBound min, TBound max) => Filter(Bound(min), Bound(max));

    /// <summary>The values as a function changes them; nulls stay.</summary>
    /// <param name="func">What becomes of a value.</param>
    /// <param name="inPlace">Whether this column changes; otherwise a copy does.</param>
    public PrimitiveDataFrameColumn<T> Apply(Func<T, T> func, bool inPlace = false)
    {
        ArgumentNullException.ThrowIfNull(func);
        var column = inPlace ? this : Clone();
        column.ApplyElementwise((value, _) => value is { } some ? func(some) : null);
        return column;
    }

    /// <summary>A new column, Result, of what a function makes of each value or null.</summary>
    public PrimitiveDataFrameColumn<TResult> Apply<TResult>(Func<T?, TResult?> func)
        where TResult : unmanaged
    {
        ArgumentNullException.ThrowIfNull(func);
        return new PrimitiveDataFrameColumn<TResult>("Result", this.Select(func));
    }

    /// <summary>Changes each value or null to what a function makes of it and of its row's number.</summary>
    public void ApplyElementwise(Func<T?, long, T?> func)
    {
        ArgumentNullException.ThrowIfNull(func);
        for (var row = 0; row < Length; row++)
            this[row] = func(this[row], row);
    }

    /// <inheritdoc cref="DataFrameColumn.FillNulls"/>
    public PrimitiveDataFrameColumn<T> FillNulls(T value, bool inPlace = false)
    {
        var column = inPlace ? this : Clone();
        column.ApplyElementwise((old, _) => old ?? value);
        return column;
    }

    /// <inheritdoc/>
    public override DataFrameColumn FillNulls(object value, bool inPlace = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        return FillNulls(Bound(value), inPlace);
    }

    /// <inheritdoc cref="DataFrameColumn.DropNulls"/>
    public new PrimitiveDataFrameColumn<T> DropNulls() => (PrimitiveDataFrameColumn<T>)base.DropNulls();

    /// <inheritdoc/>
    public override GroupBy GroupBy(int columnIndex, DataFrame parent) => new GroupBy<T>(parent, columnIndex);

    internal override DataFrameColumn ConvertTo(Type type) => type switch
    {
        _ when type == typeof(T) => Clone(),
        _ when type == typeof(decimal) => new DecimalDataFrameColumn(Name, this.Select(value => value is null ? (decimal?)null : Convert.ToDecimal(value))),
        _ => new DoubleDataFrameColumn(Name, this.Select(value => value is null ? (double?)null : Convert.ToDouble(value))),
    };

    internal override void Compute(Operation operation, object right, bool reverse)
    {
        var numbers = Numbers<T>.Instance!;
        Func<long, T?> other = right switch
        {
            PrimitiveDataFrameColumn<T> same => row => same[row],
            DataFrameColumn column => row => column[row] is { } value ? Bound(value) : null,
            _ => Constant(Bound(right)),
        };
        ApplyElementwise((value, row) => (value, other(row)) switch
        {
            ({ } a, { } b) => reverse ? numbers.Compute(b, operation, a) : numbers.Compute(a, operation, b),
            _ => null,
        });

        static Func<long, T?> Constant(T value) => _ => value;
    }

    private IEnumerable<T> Values => _values.OfType<T>();

    private object? Reduce(Func<T, T, T> combine) => Values.Any() ? Values.Aggregate(combine) : null;

    private PrimitiveDataFrameColumn<T> Accumulate(Func<T, T, T> combine, bool inPlace)
    {
        T? sofar = null;
        return Apply(value => (sofar = sofar is { } earlier ? combine(earlier, value) : value).Value, inPlace);
    }

    private PrimitiveDataFrameColumn<T> New(IEnumerable<T> values)
    {
        var column = CreateNewColumn(Name);
        foreach (var value in values)
            column.Append(value);
        return column;
    }

    private static int Compare(T left, T right) => Comparer<T>.Default.Compare(left, right);

    private T Bound(object? value) =>
        ConvertValue(value ?? throw new ArgumentNullException(nameof(value)), null) is T typed ? typed : default;
}
