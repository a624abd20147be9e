using System.Numerics;

namespace Microsoft.Data.Analysis;

internal sealed class KnownNumbers<T> : Numbers<T>
    where T : unmanaged, INumber<T>
{
    internal override T Sum(IEnumerable<T> values) => values.Aggregate(T.Zero, (sum, value) => checked(sum + value));

    internal override double Sum64(IEnumerable<T> values) => values.Sum(double.CreateSaturating);

    internal override T Product(IEnumerable<T> values) => values.Aggregate(T.One, (product, value) => checked(product * value));

    internal override T Min(T left, T right) => T.Min(left, right);

    internal override T Max(T left, T right) => T.Max(left, right);

    internal override T Abs(T value) => T.Abs(value);

    internal override T Round(T value) => value switch
    {
        double number => (T)(object)Math.Round(number),
        float number => (T)(object)MathF.Round(number),
        decimal number => (T)(object)Math.Round(number),
        _ => value,
    };

    internal override T Compute(T left, Operation operation, T right) => operation switch
    {
        Operation.Add => left + right,
        Operation.Subtract => left - right,
        Operation.Multiply => left * right,
        Operation.Divide => left / right,
        _ => left % right,
    };
}
