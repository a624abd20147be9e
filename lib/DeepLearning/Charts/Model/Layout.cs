namespace DeepLearning.Charts;

/// <summary>What stands around the traces of a figure.</summary>
/// <param name="Title">What stands above all panels.</param>
/// <param name="Panels">The panels from left to right.</param>
public sealed record Layout(string Title, IReadOnlyList<Panel> Panels);
