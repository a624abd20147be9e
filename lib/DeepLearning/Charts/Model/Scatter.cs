namespace DeepLearning.Charts;

/// <summary>Points at numbers, joined by a line or not.</summary>
public sealed record Scatter : Trace
{
    /// <summary>A series of points.</summary>
    /// <exception cref="ArgumentException"><paramref name="x"/> and <paramref name="y"/> differ in length.</exception>
    public Scatter(string name, IReadOnlyList<double> x, IReadOnlyList<double> y)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Count != y.Count)
            throw new ArgumentException($"Trace '{name}' has {x.Count} values of x and {y.Count} of y.", nameof(y));
        X = x;
        Y = y;
    }

    /// <summary>Where the points lie from left to right.</summary>
    public IReadOnlyList<double> X { get; }

    /// <summary>Where the points lie from bottom to top; NaN and infinities leave gaps.</summary>
    public IReadOnlyList<double> Y { get; }

    /// <summary>What is drawn.</summary>
    /// <value>Defaults to <see cref="ScatterMode.Lines"/>.</value>
    public ScatterMode Mode { get; init; } = ScatterMode.Lines;

    /// <summary>How the line is dashed.</summary>
    /// <value>Defaults to <see cref="Dash.Solid"/>.</value>
    public Dash Dash { get; init; } = Dash.Solid;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Values => Y;
}
