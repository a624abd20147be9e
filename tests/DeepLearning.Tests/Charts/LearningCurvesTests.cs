using DeepLearning.Charts;

namespace DeepLearning.Tests.Charts;

public sealed class LearningCurvesTests
{
    private static LearningCurve Curve(string name, int epochs, IReadOnlyList<double>? batchLoss = null)
    {
        double[] Values(double first) => [.. Enumerable.Range(0, epochs).Select(i => first + i / 100.0)];
        return new LearningCurve(name, Values(0.5), Values(0.6), Values(0.7), Values(0.8), batchLoss);
    }

    [Fact]
    public void Loss_is_at_the_left_and_accuracy_at_the_right()
    {
        var figure = Chart.LearningCurves([Curve("a", 3)]);

        Assert.Equal(["loss", "accuracy"], figure.Layout.Panels.Select(panel => panel.Title));
        Assert.Equal([0, 0, 1, 1], figure.Data.Select(trace => trace.Panel));
        Assert.Equal([0.5, 0.6, 0.7, 0.8], figure.Data.Select(trace => trace.Values[0]));
        Assert.All(figure.Data.Cast<Scatter>(), trace => Assert.Equal([1, 2, 3], trace.X));
    }

    [Fact]
    public void Training_is_dashed_and_validation_solid_with_one_color_per_run()
    {
        var traces = Chart.LearningCurves([Curve("a", 2), Curve("b", 2)]).Data.Cast<Scatter>().ToList();

        Assert.All(traces, trace => Assert.Equal(trace.Name.EndsWith("training", StringComparison.Ordinal) ? Dash.Dash : Dash.Solid, trace.Dash));
        Assert.Equal(2, traces.DistinctBy(trace => (trace.Name[0], trace.Color)).Count());
    }

    [Fact]
    public void Each_series_is_in_the_legend_once()
    {
        var listed = Chart.LearningCurves([Curve("a", 2), Curve("b", 2)]).Data.Where(trace => trace.ShowInLegend).Select(trace => trace.Name);

        Assert.Equal(["a · training", "a · validation", "b · training", "b · validation"], listed);
    }

    [Fact]
    public void For_many_runs_the_legend_has_one_line_per_run_and_the_title_explains_the_dashes()
    {
        var unvalidated = Curve("e", 2) with { ValidationLoss = [double.NaN, double.NaN] };

        var figure = Chart.LearningCurves([Curve("a", 2), Curve("b", 2), Curve("c", 2), Curve("d", 2), unvalidated]);

        Assert.Equal(
            ["a · validation", "b · validation", "c · validation", "d · validation", "e · training"],
            figure.Data.Where(trace => trace.ShowInLegend).Select(trace => trace.Name));
        Assert.Equal("Learning curves: training dashed, validation solid", figure.Layout.Title);
    }

    [Fact]
    public void Runs_may_have_different_numbers_of_epochs()
    {
        Assert.Equal([3, 1], Chart.LearningCurves([Curve("a", 3), Curve("b", 1)]).Data.Cast<Scatter>().Select(trace => trace.X.Count).Distinct());
    }

    [Fact]
    public void A_single_epoch_shows_each_step_and_bars_of_accuracy()
    {
        var figure = Chart.LearningCurves([Curve("a", 1, [2.3, 1.1, 0.9]), Curve("b", 1, [2.2, 1.0])]);

        Assert.Equal([2.3, 1.1, 0.9], Assert.IsType<Scatter>(figure.Data[0]).Y);
        var bars = Assert.IsType<Bar>(figure.Data[1]);
        Assert.Equal(["training", "validation"], bars.Categories);
        Assert.Equal([0.7, 0.8], bars.Values);
        Assert.Contains("80.0 %", figure.Svg().Texts());
    }

    [Fact]
    public void A_single_epoch_without_steps_shows_bars_of_both()
    {
        var figure = Chart.LearningCurves([Curve("a", 1), Curve("b", 1, [])]);

        Assert.All(figure.Data, trace => Assert.IsType<Bar>(trace));
        Assert.Equal(["a", "b"], figure.Data.Where(trace => trace.ShowInLegend).Select(trace => trace.Name));
    }

    [Fact]
    public void Missing_measurements_are_gaps()
    {
        var curve = Curve("a", 3) with { ValidationLoss = [double.NaN, 0.4, double.NaN] };

        Assert.Null(Chart.LearningCurves([curve]).Json()["data"]![1]!["y"]![0]);
    }

    [Fact]
    public void A_run_without_measurements_is_drawn()
    {
        double[] none = [double.NaN];

        Assert.Contains("no values", Chart.LearningCurves([new LearningCurve("a", none, none, none, none)]).Svg().Texts());
    }

    [Fact]
    public void Invalid_curves_are_rejected_with_the_reason()
    {
        Assert.Throws<ArgumentException>(() => Chart.LearningCurves([]));
        Assert.Contains("'a' has no epoch", Assert.Throws<ArgumentException>(() => Chart.LearningCurves([Curve("a", 0)])).Message);
        Assert.Contains("'a'", Assert.Throws<ArgumentException>(() => Chart.LearningCurves([Curve("a", 2), Curve("a", 2)])).Message);
        Assert.Contains("1 validation losses", Assert.Throws<ArgumentException>(() => Chart.LearningCurves([Curve("a", 2) with { ValidationLoss = [1] }])).Message);
    }
}
