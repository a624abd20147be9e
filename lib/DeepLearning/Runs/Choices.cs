namespace DeepLearning.Runs;

/// <summary>Enumerates the combinations of values of several settings: see <see cref="RunBuilder.GetRuns{T}"/>.</summary>
public sealed class Choices
{
    private readonly List<(int Index, int Count)> _choices = [];
    private int _position;

    internal Choices()
    {
    }

    /// <summary>Returns one of the values. Over all combinations, each value is returned equally often.</summary>
    /// <exception cref="ArgumentException">There are no values, and therefore no runs.</exception>
    /// <param name="values">The values.</param>
    public T Of<T>(params T[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length == 0)
            throw new ArgumentException("A setting has no values, so there are no runs: add a value.", nameof(values));
        if (_position == _choices.Count)
            _choices.Add((0, values.Length));
        return values[_choices[_position++].Index];
    }

    /// <summary>Moves to the next combination; the last setting changes fastest.</summary>
    /// <returns>true if there is a next combination; false after the last one.</returns>
    internal bool Next()
    {
        _position = 0;
        while (_choices is [.., var (index, count)])
        {
            _choices.RemoveAt(_choices.Count - 1);
            if (index + 1 == count)
                continue;
            _choices.Add((index + 1, count));
            return true;
        }
        return false;
    }
}
