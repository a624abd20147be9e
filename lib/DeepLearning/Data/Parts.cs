using System.Collections;
using DeepLearning.Display;

namespace DeepLearning.Data;

/// <summary>
/// The parts of a split data set, in the order of the fractions or lengths: <c>var (train, validation) = data.Split([0.8, 0.2]);</c>
/// </summary>
/// <typeparam name="T">The type of each part.</typeparam>
[TypeFormatterSource(typeof(TextFormatterSource), PreferredMimeTypes = ["text/plain"])]
public sealed class Parts<T> : IReadOnlyList<T>
{
    private readonly T[] _parts;

    internal Parts(IEnumerable<T> parts) => _parts = [.. parts];

    /// <summary>Gets the number of parts.</summary>
    public int Count => _parts.Length;

    /// <summary>Gets a part.</summary>
    public T this[int index] => _parts[index];

    /// <summary>Deconstructs into two parts.</summary>
    /// <exception cref="InvalidOperationException">The number of parts is not two.</exception>
    /// <param name="first">The first part.</param>
    /// <param name="second">The second part.</param>
    public void Deconstruct(out T first, out T second)
    {
        Expect(2);
        (first, second) = (_parts[0], _parts[1]);
    }

    /// <summary>Deconstructs into three parts.</summary>
    /// <exception cref="InvalidOperationException">The number of parts is not three.</exception>
    /// <param name="first">The first part.</param>
    /// <param name="second">The second part.</param>
    /// <param name="third">The third part.</param>
    public void Deconstruct(out T first, out T second, out T third)
    {
        Expect(3);
        (first, second, third) = (_parts[0], _parts[1], _parts[2]);
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_parts).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => string.Join("\n", _parts);

    private void Expect(int names)
    {
        if (_parts.Length != names)
            throw new InvalidOperationException($"The data was split into {_parts.Length} parts, which cannot be assigned to {names} variables.");
    }
}
