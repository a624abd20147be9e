namespace DeepLearning.Charts;

/// <summary>The title, the panels and the height of a figure.</summary>
/// <param name="Title">The title above all panels.</param>
/// <param name="Panels">The panels from left to right.</param>
public sealed record Layout(string Title, IReadOnlyList<Panel> Panels)
{
    /// <summary>Gets the height of the panels in pixels, including their axes.</summary>
    /// <value>Defaults to 320.</value>
    public double PanelHeight { get; init; } = 320;
}
