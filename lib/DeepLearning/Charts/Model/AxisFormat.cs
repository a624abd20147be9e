namespace DeepLearning.Charts;

/// <summary>How the values of an axis are written.</summary>
public enum AxisFormat
{
    /// <summary>As numbers.</summary>
    Number,

    /// <summary>As numbers, with ticks at whole ones only: for epochs and steps.</summary>
    Whole,

    /// <summary>As percent: 0.85 is written 85 %.</summary>
    Percent,
}
