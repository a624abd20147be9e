using System.Numerics;

namespace Microsoft.Data.Analysis;

internal sealed class NumberReductions<T> : Reductions<T>
    where T : unmanaged, INumber<T>
{
    internal override T Sum(IEnumerable<T> values) => values.Aggregate(T.Zero, (sum, value) => checked(sum + value));

    internal override double Sum64(IEnumerable<T> values) => values.Sum(double.CreateSaturating);

    internal override T Min(T left, T right) => T.Min(left, right);

    internal override T Max(T left, T right) => T.Max(left, right);
}
