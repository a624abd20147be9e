namespace Microsoft.Data.Analysis;

/// <summary>
/// Computes columns with columns and with single values. Numbers of one type stay of that type; of two types they become decimal, if one of
/// them is, and double otherwise. A null on either side gives null.
/// </summary>
internal static class Arithmetic
{
    /// <param name="left">The column that is computed with, and gets the result when <paramref name="inPlace"/>.</param>
    /// <param name="operation">What to do.</param>
    /// <param name="right">A column or a number.</param>
    /// <param name="inPlace">Whether the column itself changes.</param>
    /// <param name="reverse">Whether the sides are exchanged.</param>
    internal static DataFrameColumn Of(DataFrameColumn left, Operation operation, object? right, bool inPlace, bool reverse = false)
    {
        ArgumentNullException.ThrowIfNull(right);
        var column = right as DataFrameColumn;
        if (column is not null && column.Length != left.Length)
            throw new ArgumentException($"Column '{column.Name}' has {column.Length} rows, column '{left.Name}' {left.Length}.", nameof(right));
        if (left is StringDataFrameColumn text && operation == Operation.Add)
            return Concatenated(inPlace ? text : text.Clone(), column is null ? _ => right : row => column[row], reverse);

        var type = ResultType(left, column?.DataType ?? right.GetType(), operation);
        if (inPlace && type != left.DataType)
        {
            throw new ArgumentException(
                $"Column '{left.Name}' holds {left.DataType.Name} and cannot take a result of type {type.Name} in place.", nameof(inPlace));
        }

        var result = inPlace ? left : left.ConvertTo(type);
        result.Compute(operation, right, reverse);
        return result;
    }

    private static Type ResultType(DataFrameColumn left, Type right, Operation operation)
    {
        if (!left.IsNumericColumn())
            throw new NotSupportedException($"{operation} needs numbers; column '{left.Name}' holds {left.DataType.Name}.");
        if (!IsNumber(right))
            throw new NotSupportedException($"{operation} needs numbers, not {right.Name}, to compute with column '{left.Name}'.");
        if (left.DataType == right)
            return right;
        return left.DataType == typeof(decimal) || right == typeof(decimal) ? typeof(decimal) : typeof(double);
    }

    private static bool IsNumber(Type type) => !type.IsEnum && Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal;

    private static StringDataFrameColumn Concatenated(StringDataFrameColumn text, Func<long, object?> other, bool reverse)
    {
        for (long row = 0; row < text.Length; row++)
            text[row] = reverse ? $"{other(row)}{text[row]}" : $"{text[row]}{other(row)}";
        return text;
    }
}
