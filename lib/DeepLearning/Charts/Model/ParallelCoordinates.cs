namespace DeepLearning.Charts;

/// <summary>A line for each run through an upright axis for each of its settings and results. It has its panel to itself.</summary>
public sealed record ParallelCoordinates : Trace
{
    /// <summary>Lines through axes.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="dimensions">The axes from left to right, two at least.</param>
    /// <param name="colorBy">Which axis gives a line its colour, counted from 0.</param>
    /// <exception cref="ArgumentException">There are fewer than two axes, or they have different numbers of values.</exception>
    public ParallelCoordinates(string name, IReadOnlyList<Dimension> dimensions, int colorBy)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        if (dimensions.Count < 2 || dimensions.Any(dimension => dimension.Values.Count != dimensions[0].Values.Count))
            throw new ArgumentException($"Trace '{name}' needs two axes at least, each with a value for every line.", nameof(dimensions));
        ArgumentOutOfRangeException.ThrowIfNegative(colorBy);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(colorBy, dimensions.Count);
        (Dimensions, ColorBy) = (dimensions, colorBy);
        ShowInLegend = false;
    }

    /// <summary>The axes from left to right.</summary>
    public IReadOnlyList<Dimension> Dimensions { get; }

    /// <summary>Which axis gives a line its colour.</summary>
    public int ColorBy { get; }

    /// <summary>The colours.</summary>
    /// <value>Defaults to <see cref="ColorScale.Viridis"/>.</value>
    public ColorScale Colors { get; init; } = ColorScale.Viridis;

    /// <summary>The values that give the lines their colours.</summary>
    public override IReadOnlyList<double> Values => Dimensions[ColorBy].Values;
}

/// <summary>One of several upright axes.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Values">Where each line crosses it; NaN where it does not.</param>
public sealed record Dimension(string Title, IReadOnlyList<double> Values)
{
    /// <summary>Names that stand at 0, 1, 2, … in place of numbers.</summary>
    /// <value>Defaults to null: numbers.</value>
    public IReadOnlyList<string>? Labels { get; init; }
}
