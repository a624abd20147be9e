namespace DeepLearning.Runs;

/// <summary>Stands for every value of every setting in turn: see <see cref="RunBuilder.GetRuns{T}"/>.</summary>
public sealed class Grid
{
    private readonly List<(int Index, int Count)> _choices = [];
    private int _place;

    internal Grid()
    {
    }

    /// <summary>One of these values; each of them has its turn.</summary>
    /// <exception cref="ArgumentException">There is no value, which would leave no run at all.</exception>
    public T Of<T>(params T[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length == 0)
            throw new ArgumentException("A setting has no values, so there would be no run: give it one.", nameof(values));
        if (_place == _choices.Count)
            _choices.Add((0, values.Length));
        return values[_choices[_place++].Index];
    }

    /// <summary>Turns the last choice on, like the last digit of a counter; false when all have been through.</summary>
    internal bool Next()
    {
        _place = 0;
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
