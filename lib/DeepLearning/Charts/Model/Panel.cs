namespace DeepLearning.Charts;

/// <summary>One of the plots that stand side by side in a figure.</summary>
/// <param name="Title">What stands above it.</param>
public sealed record Panel(string Title = "")
{
    /// <summary>The axis at the bottom.</summary>
    public Axis X { get; init; } = new();

    /// <summary>The axis at the left.</summary>
    public Axis Y { get; init; } = new();
}
