namespace DeepLearning.Charts;

/// <summary>One axis of a panel.</summary>
/// <param name="Title">What it shows, with its unit.</param>
public sealed record Axis(string Title = "")
{
    /// <summary>How values are written.</summary>
    /// <value>Defaults to <see cref="AxisFormat.Number"/>.</value>
    public AxisFormat Format { get; init; } = AxisFormat.Number;
}
