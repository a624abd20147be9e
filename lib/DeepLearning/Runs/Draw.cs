namespace DeepLearning.Runs;

/// <summary>Draws values by chance: see <see cref="RunBuilder.Draw{T}"/>.</summary>
public sealed class Draw
{
    private readonly Random _random;

    internal Draw(int seed) => _random = new Random(seed);

    /// <summary>One of these values, each as likely as the others.</summary>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public T Of<T>(params T[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Length > 0
            ? values[_random.Next(values.Length)]
            : throw new ArgumentException("A setting has no values to draw from: give it one.", nameof(values));
    }

    /// <summary>A whole number, both ends included.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="to"/> is below <paramref name="from"/>.</exception>
    public int Whole(int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        return (int)_random.NextInt64(from, to + 1L);
    }

    /// <summary>A number between two others, each as likely: for a dropout rate or a momentum.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="to"/> is below <paramref name="from"/>.</exception>
    public double Uniform(double from, double to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        return from + (_random.NextDouble() * (to - from));
    }

    /// <summary>
    /// A number between two others whose logarithm is uniform, so that 0.0001 to 0.001 is as likely as 0.01 to 0.1: for a learning rate or a
    /// weight decay.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="from"/> is not above 0, or <paramref name="to"/> below <paramref name="from"/>.
    /// </exception>
    public double LogUniform(double from, double to)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(from);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        return Math.Exp(Uniform(Math.Log(from), Math.Log(to)));
    }
}
