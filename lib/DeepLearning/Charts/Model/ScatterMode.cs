namespace DeepLearning.Charts;

/// <summary>What is drawn of a series of points.</summary>
[Flags]
public enum ScatterMode
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A line through the points.</summary>
    Lines = 1,

    /// <summary>A dot at each point.</summary>
    Markers = 2,

    /// <summary>Both.</summary>
    LinesAndMarkers = Lines | Markers,
}
