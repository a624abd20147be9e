namespace DeepLearning.Charts;

/// <summary>The maximum numbers of points of a drawing, because notebooks store drawings.</summary>
internal sealed class PointBudget
{
    private const int MostMarksWithData = 200;
    private const int MostPoints = 3000;
    private const int MostPointsOfTrace = 1000;
    private const int LeastPointsOfTrace = 20;

    internal PointBudget(IReadOnlyList<Trace> traces)
    {
        var series = traces.Where(trace => trace is Scatter or Bar).ToList();
        MarksCarryData = series.Sum(trace => trace.Values.Count) <= MostMarksWithData;
        PointsOfTrace = Math.Clamp(MostPoints / Math.Max(1, series.Count), LeastPointsOfTrace, MostPointsOfTrace);
    }

    /// <summary>Gets a value that indicates whether each marker is a separate element with its values as a tooltip.</summary>
    internal bool MarksCarryData { get; }

    /// <summary>Gets the maximum number of points per trace; longer traces are downsampled.</summary>
    internal int PointsOfTrace { get; }
}
