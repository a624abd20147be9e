namespace DeepLearning.Charts;

/// <summary>A plot of a figure; panels are drawn side by side.</summary>
/// <param name="Title">The title above the panel.</param>
public sealed record Panel(string Title = "")
{
    /// <summary>Gets the horizontal axis.</summary>
    public Axis X { get; init; } = new();

    /// <summary>Gets the vertical axis.</summary>
    public Axis Y { get; init; } = new();
}
