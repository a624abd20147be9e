using System.Numerics;

namespace DeepLearning.Charts;

public static partial class Chart
{
    private const int MostPointsWithMarkers = 30;

    /// <summary>Draws a line through values, against 1, 2, 3, …</summary>
    /// <param name="y">The values; NaN leaves a gap.</param>
    /// <param name="title">The title of the figure.</param>
    /// <param name="xTitle">The title of the horizontal axis.</param>
    /// <param name="yTitle">The title of the axis of the values, with the unit.</param>
    public static Figure Line<T>(IEnumerable<T> y, string title = "", string xTitle = "", string yTitle = "")
        where T : INumberBase<T>
    {
        var values = Numbers(y);
        return Line(title, new Axis(xTitle) { Format = AxisFormat.Whole }, new Axis(yTitle), Joined(yTitle, Counted(values.Length), values));
    }

    /// <summary>Draws a line through points.</summary>
    /// <param name="x">The horizontal coordinates.</param>
    /// <param name="y">The vertical coordinates; NaN leaves a gap.</param>
    /// <param name="title">The title of the figure.</param>
    /// <param name="xTitle">The title of the horizontal axis, with the unit.</param>
    /// <param name="yTitle">The title of the vertical axis, with the unit.</param>
    /// <exception cref="ArgumentException">The numbers of x and y values differ.</exception>
    public static Figure Line<TX, TY>(IEnumerable<TX> x, IEnumerable<TY> y, string title = "", string xTitle = "", string yTitle = "")
        where TX : INumberBase<TX>
        where TY : INumberBase<TY> =>
        Line(title, new Axis(xTitle), new Axis(yTitle), Joined(yTitle, Numbers(x), Numbers(y)));

    /// <summary>Draws several lines with a legend.</summary>
    /// <param name="title">The title of the figure.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis.</param>
    /// <param name="series">The lines.</param>
    public static Figure Line(string title, Axis x, Axis y, params IEnumerable<Scatter> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return new Figure(Named(series), new Layout(title, [new Panel { X = x, Y = y }]));
    }

    /// <summary>Draws points.</summary>
    /// <inheritdoc cref="Line{TX, TY}(IEnumerable{TX}, IEnumerable{TY}, string, string, string)"/>
    public static Figure Scatter<TX, TY>(IEnumerable<TX> x, IEnumerable<TY> y, string title = "", string xTitle = "", string yTitle = "")
        where TX : INumberBase<TX>
        where TY : INumberBase<TY> =>
        Line(title, new Axis(xTitle), new Axis(yTitle), new Scatter(yTitle, Numbers(x), Numbers(y)) { Mode = ScatterMode.Markers });

    /// <summary>Draws a bar for each name.</summary>
    /// <param name="names">The names of the bars.</param>
    /// <param name="values">The heights of the bars; NaN leaves a gap.</param>
    /// <param name="title">The title of the figure.</param>
    /// <param name="xTitle">The title of the horizontal axis.</param>
    /// <param name="yTitle">The title of the axis of the values, with the unit.</param>
    /// <exception cref="ArgumentException">The number of values differs from the number of names.</exception>
    public static Figure Bar<T>(IEnumerable<string> names, IEnumerable<T> values, string title = "", string xTitle = "", string yTitle = "")
        where T : INumberBase<T> =>
        Bar(title, new Axis(xTitle), new Axis(yTitle), new Bar(yTitle, [.. names], Numbers(values)));

    /// <summary>Draws groups of bars with a legend.</summary>
    /// <param name="title">The title of the figure.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis.</param>
    /// <param name="series">The series, each with a bar in every group.</param>
    public static Figure Bar(string title, Axis x, Axis y, params IEnumerable<Bar> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return new Figure(Named(series), new Layout(title, [new Panel { X = x, Y = y }]));
    }

    /// <summary>Draws the learning rate of each step or epoch.</summary>
    /// <param name="rates">The learning rates in their order.</param>
    /// <param name="xTitle">The title of the horizontal axis.</param>
    /// <param name="logarithmic">Whether the vertical axis is logarithmic.</param>
    public static Figure LearningRate(IEnumerable<double> rates, string xTitle = "step", bool logarithmic = false) =>
        LearningRate(new Dictionary<string, IEnumerable<double>> { ["learning rate"] = rates }, xTitle, logarithmic);

    /// <summary>Draws several schedules of the learning rate.</summary>
    /// <param name="schedules">The learning rates in their order, by the name of the schedule.</param>
    /// <param name="xTitle">The title of the horizontal axis.</param>
    /// <param name="logarithmic">Whether the vertical axis is logarithmic.</param>
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

    // one series needs no legend, because the axis describes it
    private static List<TTrace> Named<TTrace>(IEnumerable<TTrace> series)
        where TTrace : Trace
    {
        var traces = series.ToList();
        return traces.Count == 1 ? [traces[0] with { ShowInLegend = false }] : traces;
    }
}
