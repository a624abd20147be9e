namespace DeepLearning.Charts;

/// <summary>The dash style of a line.</summary>
public enum Dash
{
    /// <summary>A solid line.</summary>
    Solid,

    /// <summary>A dashed line.</summary>
    Dash,

    /// <summary>A dotted line.</summary>
    Dot,
}
