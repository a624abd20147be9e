namespace DeepLearning.Charts;

/// <summary>The drawing mode of a series of points.</summary>
[Flags]
public enum ScatterMode
{
    /// <summary>Neither lines nor markers.</summary>
    None = 0,

    /// <summary>A line through the points.</summary>
    Lines = 1,

    /// <summary>A marker at each point.</summary>
    Markers = 2,

    /// <summary>Lines and markers.</summary>
    LinesAndMarkers = Lines | Markers,
}
