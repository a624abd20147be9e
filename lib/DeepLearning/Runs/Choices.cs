namespace DeepLearning.Runs;

/// <summary>Gives each combination of the values of several settings in turn: see <see cref="RunBuilder.GetRuns{T}"/>.</summary>
public sealed class Choices
{
    private readonly List<(int Index, int Count)> _choices = [];
    private int _position;

    internal Choices()
    {
    }

    /// <summary>Returns one of these values. Over all combinations, each of them is returned equally often.</summary>
    /// <exception cref="ArgumentException">There are no values, so there would be no run.</exception>
    public T Of<T>(params T[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length == 0)
            throw new ArgumentException("A setting has no values, so there would be no run: give it one.", nameof(values));
        if (_position == _choices.Count)
            _choices.Add((0, values.Length));
        return values[_choices[_position++].Index];
    }

    /// <summary>Moves to the next combination, as a counter counts: the last setting changes fastest.</summary>
    /// <returns>false after the last combination.</returns>
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
