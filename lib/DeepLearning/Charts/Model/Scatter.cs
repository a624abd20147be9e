namespace DeepLearning.Charts;

/// <summary>A series of points, with or without a line.</summary>
public sealed record Scatter : Trace
{
    /// <summary>Creates a series of points.</summary>
    /// <exception cref="ArgumentException"><paramref name="x"/> and <paramref name="y"/> have different lengths.</exception>
    /// <param name="name">The name in the legend.</param>
    /// <param name="x">The horizontal coordinates.</param>
    /// <param name="y">The vertical coordinates; NaN and infinities leave gaps.</param>
    public Scatter(string name, IReadOnlyList<double> x, IReadOnlyList<double> y)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Count != y.Count)
            throw new ArgumentException($"Trace '{name}' has {x.Count} x values but {y.Count} y values.", nameof(y));
        X = x;
        Y = y;
    }

    /// <summary>Gets the horizontal coordinates of the points.</summary>
    public IReadOnlyList<double> X { get; }

    /// <summary>Gets the vertical coordinates of the points; NaN and infinities leave gaps.</summary>
    public IReadOnlyList<double> Y { get; }

    /// <summary>Gets a value that indicates whether lines, markers or both are drawn.</summary>
    /// <value>Defaults to <see cref="ScatterMode.Lines"/>.</value>
    public ScatterMode Mode { get; init; } = ScatterMode.Lines;

    /// <summary>Gets the dash style of the line.</summary>
    /// <value>Defaults to <see cref="Dash.Solid"/>.</value>
    public Dash Dash { get; init; } = Dash.Solid;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Values => Y;
}
