namespace DeepLearning.Charts;

/// <summary>The largest numbers of points of a drawing, which is stored in the notebook.</summary>
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

    /// <summary>Returns whether each marker is an element of its own with its values as a tooltip.</summary>
    internal bool MarksCarryData { get; }

    /// <summary>Returns the number of points that are drawn of one trace; longer ones are thinned out.</summary>
    internal int PointsOfTrace { get; }
}
