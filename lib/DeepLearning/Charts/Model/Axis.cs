namespace DeepLearning.Charts;

/// <summary>One axis of a panel.</summary>
/// <param name="Title">The title of the axis, with the unit.</param>
public sealed record Axis(string Title = "")
{
    /// <summary>Gets the format of the values.</summary>
    /// <value>Defaults to <see cref="AxisFormat.Number"/>.</value>
    public AxisFormat Format { get; init; } = AxisFormat.Number;

    /// <summary>Gets the labels at 0, 1, 2, …, in place of numbers.</summary>
    /// <value>Defaults to null: numbers.</value>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Gets a value that indicates whether the axis is logarithmic. Values that are not greater than zero are ignored.</summary>
    /// <value>Defaults to false.</value>
    public bool IsLogarithmic { get; init; }

    /// <summary>Gets a value that indicates whether values increase to the left or downward, like the rows of a matrix.</summary>
    /// <value>Defaults to false.</value>
    public bool IsReversed { get; init; }
}
