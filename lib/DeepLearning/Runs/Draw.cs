namespace DeepLearning.Runs;

/// <summary>Draws random values for settings: see <see cref="RunBuilder.Draw{T}"/>.</summary>
public sealed class Draw
{
    private readonly Random _random;

    internal Draw(int seed) => _random = new Random(seed);

    /// <summary>Returns one of the values with equal probabilities.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    /// <param name="values">The values.</param>
    public T Of<T>(params T[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Length > 0
            ? values[_random.Next(values.Length)]
            : throw new ArgumentException("A setting has no values to draw from: add a value.", nameof(values));
    }

    /// <summary>Returns an integer in a range that includes both ends.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="to"/> is less than <paramref name="from"/>.</exception>
    public int Whole(int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        return (int)_random.NextInt64(from, to + 1L);
    }

    /// <summary>Returns a uniformly distributed number in a range, for example for a dropout rate or a momentum.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="to"/> is less than <paramref name="from"/>.</exception>
    public double Uniform(double from, double to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        return from + (_random.NextDouble() * (to - from));
    }

    /// <summary>
    /// Returns a number in a range with a uniformly distributed logarithm, so 0.0001 to 0.001 is as probable as 0.01 to 0.1, for example for a
    /// learning rate or a weight decay.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="from"/> is not positive, or <paramref name="to"/> is less than <paramref name="from"/>.
    /// </exception>
    public double LogUniform(double from, double to)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(from);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        return Math.Exp(Uniform(Math.Log(from), Math.Log(to)));
    }
}
