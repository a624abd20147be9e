namespace DeepLearning.Charts;

/// <summary>The format of the values of an axis.</summary>
public enum AxisFormat
{
    /// <summary>Numbers.</summary>
    Number,

    /// <summary>Integers, with ticks only at integers, for epochs and steps.</summary>
    Whole,

    /// <summary>Percentages: 0.85 is displayed as 85 %.</summary>
    Percent,
}
