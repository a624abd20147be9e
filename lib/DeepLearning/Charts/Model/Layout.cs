namespace DeepLearning.Charts;

/// <summary>What stands around the traces of a figure.</summary>
/// <param name="Title">What stands above all panels.</param>
/// <param name="Panels">The panels from left to right.</param>
public sealed record Layout(string Title, IReadOnlyList<Panel> Panels)
{
    /// <summary>How high the panels are, in pixels, their axes included.</summary>
    /// <value>Defaults to 320.</value>
    public double PanelHeight { get; init; } = 320;
}
