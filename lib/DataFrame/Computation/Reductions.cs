using System.Numerics;

namespace Microsoft.Data.Analysis;

/// <summary>What a column of numbers can be reduced to, reachable from a type parameter that is not known to be a number.</summary>
internal abstract class Reductions<T>
    where T : unmanaged
{
    /// <summary>The reductions of <typeparamref name="T"/>, or null when it is no number.</summary>
    internal static Reductions<T>? Instance { get; } = Create();

    internal abstract T Sum(IEnumerable<T> values);

    internal abstract double Sum64(IEnumerable<T> values);

    internal abstract T Min(T left, T right);

    internal abstract T Max(T left, T right);

    private static Reductions<T>? Create()
    {
        var isNumber = typeof(T) != typeof(char)
            && typeof(T).GetInterfaces().Any(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(INumber<>));
        return isNumber
            ? (Reductions<T>)Activator.CreateInstance(typeof(NumberReductions<>).MakeGenericType(typeof(T)), nonPublic: true)!
            : null;
    }
}
