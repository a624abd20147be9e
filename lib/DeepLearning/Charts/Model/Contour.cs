namespace DeepLearning.Charts;

/// <summary>A contour map: the numbers of a grid as colors, with contour lines.</summary>
public sealed record Contour : Grid
{
    /// <summary>Creates a contour map.</summary>
    /// <param name="name">The name.</param>
    /// <param name="x">The horizontal coordinates of the columns, equally spaced.</param>
    /// <param name="y">The vertical coordinates of the rows, equally spaced.</param>
    /// <param name="z">The numbers, [row, column].</param>
    /// <exception cref="ArgumentException"><paramref name="z"/> is not [count of y, count of x].</exception>
    public Contour(string name, IReadOnlyList<double> x, IReadOnlyList<double> y, double[,] z)
        : base(name, x, y, z)
    {
    }

    /// <summary>Gets the approximate number of lines.</summary>
    /// <value>Defaults to 12.</value>
    public int Lines { get; init; } = 12;
}
