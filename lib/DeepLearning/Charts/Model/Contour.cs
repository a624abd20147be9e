namespace DeepLearning.Charts;

/// <summary>Numbers of a grid as colours, with lines where they are equal.</summary>
public sealed record Contour : Grid
{
    /// <summary>A map of heights.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="x">Where the columns are, at equal distances.</param>
    /// <param name="y">Where the rows are, at equal distances.</param>
    /// <param name="z">The heights, [row, column].</param>
    /// <exception cref="ArgumentException"><paramref name="z"/> is not [count of y, count of x].</exception>
    public Contour(string name, IReadOnlyList<double> x, IReadOnlyList<double> y, double[,] z)
        : base(name, x, y, z)
    {
    }

    /// <summary>About how many lines there are.</summary>
    /// <value>Defaults to 12.</value>
    public int Lines { get; init; } = 12;
}
