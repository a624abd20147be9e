using System.Numerics;

namespace DeepLearning.Charts;

public static partial class Chart
{
    private const int MostPointsWithMarkers = 30;

    /// <summary>A line through values, against 1, 2, 3, …</summary>
    /// <param name="y">The values; NaN leaves a gap.</param>
    /// <param name="title">What stands above.</param>
    /// <param name="xTitle">What is counted.</param>
    /// <param name="yTitle">What is measured, with its unit.</param>
    public static Figure Line<T>(IEnumerable<T> y, string title = "", string xTitle = "", string yTitle = "")
        where T : INumberBase<T>
    {
        var values = Numbers(y);
        return Line(title, new Axis(xTitle) { Format = AxisFormat.Whole }, new Axis(yTitle), Joined(yTitle, Counted(values.Length), values));
    }

    /// <summary>A line through points.</summary>
    /// <param name="x">Where the points lie from left to right.</param>
    /// <param name="y">Where they lie from bottom to top; NaN leaves a gap.</param>
    /// <param name="title">What stands above.</param>
    /// <param name="xTitle">What <paramref name="x"/> measures, with its unit.</param>
    /// <param name="yTitle">What <paramref name="y"/> measures, with its unit.</param>
    /// <exception cref="ArgumentException">There are not as many values of x as of y.</exception>
    public static Figure Line<TX, TY>(IEnumerable<TX> x, IEnumerable<TY> y, string title = "", string xTitle = "", string yTitle = "")
        where TX : INumberBase<TX>
        where TY : INumberBase<TY> =>
        Line(title, new Axis(xTitle), new Axis(yTitle), Joined(yTitle, Numbers(x), Numbers(y)));

    /// <summary>Several lines; a legend names them.</summary>
    /// <param name="title">What stands above.</param>
    /// <param name="x">The axis at the bottom.</param>
    /// <param name="y">The axis at the left.</param>
    /// <param name="series">The lines.</param>
    public static Figure Line(string title, Axis x, Axis y, params IEnumerable<Scatter> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return new Figure(Named(series), new Layout(title, [new Panel { X = x, Y = y }]));
    }

    /// <summary>Points.</summary>
    /// <inheritdoc cref="Line{TX, TY}(IEnumerable{TX}, IEnumerable{TY}, string, string, string)"/>
    public static Figure Scatter<TX, TY>(IEnumerable<TX> x, IEnumerable<TY> y, string title = "", string xTitle = "", string yTitle = "")
        where TX : INumberBase<TX>
        where TY : INumberBase<TY> =>
        Line(title, new Axis(xTitle), new Axis(yTitle), new Scatter(yTitle, Numbers(x), Numbers(y)) { Mode = ScatterMode.Markers });

    /// <summary>A bar for each name.</summary>
    /// <param name="names">Where the bars stand.</param>
    /// <param name="values">How high they are; NaN leaves a gap.</param>
    /// <param name="title">What stands above.</param>
    /// <param name="xTitle">What the names are.</param>
    /// <param name="yTitle">What is measured, with its unit.</param>
    /// <exception cref="ArgumentException">There are not as many values as names.</exception>
    public static Figure Bar<T>(IEnumerable<string> names, IEnumerable<T> values, string title = "", string xTitle = "", string yTitle = "")
        where T : INumberBase<T> =>
        Bar(title, new Axis(xTitle), new Axis(yTitle), new Bar(yTitle, [.. names], Numbers(values)));

    /// <summary>Bars side by side; a legend names their colours.</summary>
    /// <param name="title">What stands above.</param>
    /// <param name="x">The axis at the bottom.</param>
    /// <param name="y">The axis at the left.</param>
    /// <param name="series">One for each bar of a category.</param>
    public static Figure Bar(string title, Axis x, Axis y, params IEnumerable<Bar> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return new Figure(Named(series), new Layout(title, [new Panel { X = x, Y = y }]));
    }

    /// <summary>The learning rate of each step or epoch, as a scheduler sets it.</summary>
    /// <param name="rates">The rates in their order.</param>
    /// <param name="xTitle">What they are counted by.</param>
    /// <param name="logarithmic">Whether equal steps of the axis multiply: for rates that fall by factors.</param>
    public static Figure LearningRate(IEnumerable<double> rates, string xTitle = "step", bool logarithmic = false) =>
        LearningRate(new Dictionary<string, IEnumerable<double>> { ["learning rate"] = rates }, xTitle, logarithmic);

    /// <summary>Several schedules of the learning rate.</summary>
    /// <param name="schedules">The rates in their order, by the schedules' names.</param>
    /// <param name="xTitle">What they are counted by.</param>
    /// <param name="logarithmic">Whether equal steps of the axis multiply: for rates that fall by factors.</param>
    public static Figure LearningRate(
        IEnumerable<KeyValuePair<string, IEnumerable<double>>> schedules, string xTitle = "step", bool logarithmic = false)
    {
        ArgumentNullException.ThrowIfNull(schedules);
        return Line(
            "Learning rate",
            new Axis(xTitle) { Format = AxisFormat.Whole },
            new Axis("learning rate") { IsLogarithmic = logarithmic },
            schedules.Select(schedule => Joined(schedule.Key, Counted(schedule.Value.Count()), [.. schedule.Value])));
    }

    private static double[] Numbers<T>(IEnumerable<T> values)
        where T : INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(values);
        return [.. values.Select(double.CreateSaturating)];
    }

    private static Scatter Joined(string name, double[] x, double[] y) =>
        new(name, x, y) { Mode = y.Length <= MostPointsWithMarkers ? ScatterMode.LinesAndMarkers : ScatterMode.Lines };

    // one series needs no legend: the axis says what it is
    private static List<TTrace> Named<TTrace>(IEnumerable<TTrace> series)
        where TTrace : Trace
    {
        var traces = series.ToList();
        return traces.Count == 1 ? [traces[0] with { ShowInLegend = false }] : traces;
    }
}
