namespace DeepLearning.Charts;

/// <summary>One axis of a panel.</summary>
/// <param name="Title">What it shows, with its unit.</param>
public sealed record Axis(string Title = "")
{
    /// <summary>How values are written.</summary>
    /// <value>Defaults to <see cref="AxisFormat.Number"/>.</value>
    public AxisFormat Format { get; init; } = AxisFormat.Number;

    /// <summary>Names that stand at 0, 1, 2, … in place of numbers.</summary>
    /// <value>Defaults to null: numbers.</value>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Whether equal steps multiply: for learning rates. Values that are not above zero are left out.</summary>
    /// <value>Defaults to false.</value>
    public bool IsLogarithmic { get; init; }

    /// <summary>Whether values grow to the left or downward, as the rows of a matrix do.</summary>
    /// <value>Defaults to false.</value>
    public bool IsReversed { get; init; }
}
