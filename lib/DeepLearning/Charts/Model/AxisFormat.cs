namespace DeepLearning.Charts;

/// <summary>The format of the values of an axis.</summary>
public enum AxisFormat
{
    /// <summary>Numbers.</summary>
    Number,

    /// <summary>Whole numbers, with ticks at whole numbers only: for epochs and steps.</summary>
    Whole,

    /// <summary>Percent: 0.85 is written 85 %.</summary>
    Percent,
}
