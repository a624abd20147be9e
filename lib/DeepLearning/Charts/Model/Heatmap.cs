namespace DeepLearning.Charts;

/// <summary>A heat map: a colored cell for each number of a grid.</summary>
public sealed record Heatmap : Grid
{
    /// <summary>Creates a heat map.</summary>
    /// <param name="name">The name.</param>
    /// <param name="x">The centers of the columns, equally spaced.</param>
    /// <param name="y">The centers of the rows, equally spaced.</param>
    /// <param name="z">The numbers, [row, column].</param>
    /// <exception cref="ArgumentException"><paramref name="z"/> is not [count of y, count of x].</exception>
    public Heatmap(string name, IReadOnlyList<double> x, IReadOnlyList<double> y, double[,] z)
        : base(name, x, y, z)
    {
    }

    /// <summary>Gets the texts of the cells, [row, column].</summary>
    /// <value>Defaults to null: nothing.</value>
#pragma warning disable CA1819 // a matrix has no read-only form
    public string[,]? Texts { get; init; }
#pragma warning restore CA1819
}
