using DeepLearning.Charts;
using DeepLearning.Metrics;

namespace DeepLearning.Tests.Charts;

public sealed class MetricChartTests
{
    private static readonly ConfusionMatrix _matrix = ConfusionMatrix.Of([0, 0, 0, 1, 1, 2], [0, 1, 1, 1, 0, 1], ["shirt", "coat", "bag"]);

    [Fact]
    public void A_confusion_matrix_has_rows_of_true_classes_and_columns_of_predicted_classes()
    {
        var svg = Chart.ConfusionMatrix(_matrix).Svg();

        var cells = svg.All("rect").Where(rect => rect.Attribute("data-z") is not null);
        Assert.Equal(
            [(0, 0, 1), (1, 0, 2), (0, 1, 1), (1, 1, 1), (1, 2, 1)],
            cells.Select(cell => ((int)cell.Number("data-x"), (int)cell.Number("data-y"), (int)cell.Number("data-z"))));
        var rows = svg.TicksOf("y").ToList();
        Assert.Equal(["shirt", "coat", "bag"], rows.Select(row => row.Value));
        Assert.True(rows[0].Number("y") < rows[2].Number("y"));
        Assert.Contains("predicted class", svg.Texts());
    }

    [Fact]
    public void A_normalized_matrix_shows_fractions()
    {
        var map = Assert.IsType<Heatmap>(Chart.ConfusionMatrix(_matrix, Normalization.Actual).Data[0]);

        Assert.Equal(2.0 / 3, map.Z[0, 1], 1e-12);
        Assert.Equal("0.67", map.Texts![0, 1]);
        Assert.Equal("share of the true class", map.ScaleTitle);
    }

    [Fact]
    public void Each_class_has_its_three_scores()
    {
        var report = ClassificationReport.Of(_matrix);

        var bars = Chart.ClassScores(report).Data;

        Assert.Equal(["precision", "recall", "F1"], bars.Select(bar => bar.Name));
        Assert.Equal(report.Classes.Select(scores => scores.Recall), bars[1].Values);
    }

    [Fact]
    public void The_most_confused_pairs_are_bars()
    {
        var bar = Assert.IsType<Bar>(Chart.MostConfused(_matrix, 2).Data[0]);

        Assert.Equal(["shirt → coat", "coat → shirt"], bar.Categories);
        Assert.Equal([2, 1], bar.Values);
    }

    [Fact]
    public void A_roc_chart_has_the_area_and_the_line_of_random_guessing()
    {
        var roc = BinaryCurves.Roc([true, false, true, false], [0.9, 0.8, 0.7, 0.1]);

        var figure = Chart.Roc(roc);

        Assert.Equal(["classifier (area 0.750)", "guessing"], figure.Data.Select(trace => trace.Name));
        Assert.Equal(roc.Points.Select(point => point.TruePositiveRate), figure.Data[0].Values);
    }

    [Fact]
    public void Precision_is_drawn_against_recall()
    {
        var curve = BinaryCurves.PrecisionRecall([true, false, true, false], [0.9, 0.8, 0.7, 0.1]);

        var line = Assert.IsType<Scatter>(Assert.Single(Chart.PrecisionRecall(curve).Data));

        Assert.Equal(curve.Points.Select(point => (point.Recall, point.Precision)), line.X.Zip(line.Y));
    }
}
