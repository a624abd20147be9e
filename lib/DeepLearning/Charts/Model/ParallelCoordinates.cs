namespace DeepLearning.Charts;

/// <summary>
/// Parallel coordinates: a line for each run through vertical axes, one for each setting and result. The trace is alone in its panel.
/// </summary>
public sealed record ParallelCoordinates : Trace
{
    /// <summary>Creates lines through axes.</summary>
    /// <param name="name">The name.</param>
    /// <param name="dimensions">The axes from left to right, at least two.</param>
    /// <param name="colorBy">The index of the axis that determines the colors of the lines.</param>
    /// <exception cref="ArgumentException">There are fewer than two axes, or they have different numbers of values.</exception>
    public ParallelCoordinates(string name, IReadOnlyList<Dimension> dimensions, int colorBy)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        if (dimensions.Count < 2 || dimensions.Any(dimension => dimension.Values.Count != dimensions[0].Values.Count))
            throw new ArgumentException($"Trace '{name}' needs at least two axes, each with a value for every line.", nameof(dimensions));
        ArgumentOutOfRangeException.ThrowIfNegative(colorBy);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(colorBy, dimensions.Count);
        (Dimensions, ColorBy) = (dimensions, colorBy);
        ShowInLegend = false;
    }

    /// <summary>Gets the axes from left to right.</summary>
    public IReadOnlyList<Dimension> Dimensions { get; }

    /// <summary>Gets the index of the axis that determines the colors of the lines.</summary>
    public int ColorBy { get; }

    /// <summary>Gets the colors of the lines.</summary>
    /// <value>Defaults to <see cref="ColorScale.Lines"/>.</value>
    public ColorScale Colors { get; init; } = ColorScale.Lines;

    /// <summary>Gets the values that determine the colors of the lines.</summary>
    public override IReadOnlyList<double> Values => Dimensions[ColorBy].Values;
}

/// <summary>A vertical axis of parallel coordinates.</summary>
/// <param name="Title">The title of the axis.</param>
/// <param name="Values">The value of each line on the axis; NaN for a missing value.</param>
public sealed record Dimension(string Title, IReadOnlyList<double> Values)
{
    /// <summary>Gets the labels at 0, 1, 2, …, in place of numbers.</summary>
    /// <value>Defaults to null: numbers.</value>
    public IReadOnlyList<string>? Labels { get; init; }
}
