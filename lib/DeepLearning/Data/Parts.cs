using System.Collections;
using DeepLearning.Display;

namespace DeepLearning.Data;

/// <summary>What a data set was split into, in the order asked for: <c>var (train, validation) = data.Split([0.8, 0.2]);</c></summary>
/// <typeparam name="T">What each part is.</typeparam>
[TypeFormatterSource(typeof(TextFormatterSource), PreferredMimeTypes = ["text/plain"])]
public sealed class Parts<T> : IReadOnlyList<T>
{
    private readonly T[] _parts;

    internal Parts(IEnumerable<T> parts) => _parts = [.. parts];

    /// <summary>How many parts there are.</summary>
    public int Count => _parts.Length;

    /// <summary>A part.</summary>
    public T this[int index] => _parts[index];

    /// <summary>Names both of two parts.</summary>
    /// <exception cref="InvalidOperationException">There are not two.</exception>
    public void Deconstruct(out T first, out T second)
    {
        Expect(2);
        (first, second) = (_parts[0], _parts[1]);
    }

    /// <summary>Names all of three parts.</summary>
    /// <exception cref="InvalidOperationException">There are not three.</exception>
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
            throw new InvalidOperationException($"The data was split into {_parts.Length} parts, and {names} are named.");
    }
}
