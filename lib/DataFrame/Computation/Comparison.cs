using System.Numerics;

namespace Microsoft.Data.Analysis;

/// <summary>Compares columns with columns and with single values, whatever their types of number.</summary>
internal static class Comparison
{
    internal static BooleanDataFrameColumn Of(DataFrameColumn left, Relation relation, object? right)
    {
        if (right is not DataFrameColumn column)
            return Of(left, relation, _ => right);
        if (column.Length != left.Length)
            throw new ArgumentException($"Column '{column.Name}' has {column.Length} rows, column '{left.Name}' {left.Length}.", nameof(right));
        return Of(left, relation, row => column[row]);
    }

    private static BooleanDataFrameColumn Of(DataFrameColumn left, Relation relation, Func<long, object?> right)
    {
        var holds = new BooleanDataFrameColumn(left.Name, left.Length);
        for (long row = 0; row < left.Length; row++)
            holds[row] = Holds(left[row], relation, right(row));
        return holds;
    }

    private static bool Holds(object? left, Relation relation, object? right) => (left, right) switch
    {
        (null, null) => relation is Relation.Equal,
        (null, _) or (_, null) => relation is Relation.NotEqual,
        (string a, string b) => Holds(relation, string.CompareOrdinal(a, b)),
        _ when IsFloating(left) && IsNumber(right) || IsNumber(left) && IsFloating(right) =>
            HoldsForNumbers(Convert.ToDouble(left), relation, Convert.ToDouble(right)),
        (IComparable a, _) when left.GetType() == right.GetType() => Holds(relation, a.CompareTo(right)),
        // decimal holds every integer type without loss
        _ when IsNumber(left) && IsNumber(right) => HoldsForNumbers(Convert.ToDecimal(left), relation, Convert.ToDecimal(right)),
        _ => throw new ArgumentException($"A {left.GetType().Name} cannot be compared with a {right.GetType().Name}.", nameof(right)),
    };

    private static bool HoldsForNumbers<T>(T left, Relation relation, T right)
        where T : INumber<T> => relation switch
        {
            Relation.Equal => left == right,
            Relation.NotEqual => left != right,
            Relation.Less => left < right,
            Relation.LessOrEqual => left <= right,
            Relation.Greater => left > right,
            _ => left >= right,
        };

    private static bool Holds(Relation relation, int order) => HoldsForNumbers(order, relation, 0);

    private static bool IsFloating(object value) => value is float or double;

    private static bool IsNumber(object value) => Convert.GetTypeCode(value) is >= TypeCode.SByte and <= TypeCode.Decimal;
}
