using System.Numerics;

namespace Microsoft.Data.Analysis;

/// <summary>What can be computed from a column's numbers, reachable from a type parameter that is not known to be a number.</summary>
internal abstract class Numbers<T>
    where T : unmanaged
{
    /// <summary>The computations on <typeparamref name="T"/>, or null when it is no number.</summary>
    internal static Numbers<T>? Instance { get; } = Create();

    internal abstract T Sum(IEnumerable<T> values);

    internal abstract double Sum64(IEnumerable<T> values);

    internal abstract T Product(IEnumerable<T> values);

    internal abstract T Min(T left, T right);

    internal abstract T Max(T left, T right);

    internal abstract T Abs(T value);

    internal abstract T Round(T value);

    /// <summary>The result of an operation; integers wrap around as C#'s do, and divide towards zero.</summary>
    /// <exception cref="DivideByZeroException">An integer is divided by zero.</exception>
    internal abstract T Compute(T left, Operation operation, T right);

    private static Numbers<T>? Create()
    {
        var isNumber = typeof(T) != typeof(char)
            && typeof(T).GetInterfaces().Any(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(INumber<>));
        return isNumber
            ? (Numbers<T>)Activator.CreateInstance(typeof(KnownNumbers<>).MakeGenericType(typeof(T)), nonPublic: true)!
            : null;
    }
}
