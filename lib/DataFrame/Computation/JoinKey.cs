namespace Microsoft.Data.Analysis;

/// <summary>A row's values in the columns that a join compares; equal when each value is.</summary>
internal readonly struct JoinKey(object?[] values) : IEquatable<JoinKey>
{
    private readonly object?[] _values = values;

    public bool Equals(JoinKey other) => _values.AsSpan().SequenceEqual(other._values);

    public override bool Equals(object? obj) => obj is JoinKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var value in _values)
            hash.Add(value);
        return hash.ToHashCode();
    }
}
