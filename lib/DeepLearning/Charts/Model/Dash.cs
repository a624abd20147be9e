namespace DeepLearning.Charts;

/// <summary>How a line is dashed.</summary>
public enum Dash
{
    /// <summary>Not at all.</summary>
    Solid,

    /// <summary>In dashes.</summary>
    Dash,

    /// <summary>In dots.</summary>
    Dot,
}
