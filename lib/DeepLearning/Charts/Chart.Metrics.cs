using DeepLearning.Metrics;
using static System.FormattableString;

namespace DeepLearning.Charts;

public static partial class Chart
{
    private const double MatrixHeight = 520;

    /// <summary>Draws a confusion matrix. Cells without samples have no color.</summary>
    /// <param name="matrix">The counts.</param>
    /// <param name="normalization">The normalization of the cells; null shows counts.</param>
    /// <remarks>Tutorial 004, Confusion Matrix.</remarks>
    public static Figure ConfusionMatrix(ConfusionMatrix matrix, Normalization? normalization = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var shares = normalization is { } by ? matrix.Normalized(by) : null;
        var (cells, texts) = (new double[matrix.Classes, matrix.Classes], new string[matrix.Classes, matrix.Classes]);
        for (var actual = 0; actual < matrix.Classes; actual++)
        {
            for (var predicted = 0; predicted < matrix.Classes; predicted++)
            {
                var count = matrix[actual, predicted];
                cells[actual, predicted] = count == 0 ? double.NaN : shares?[actual, predicted] ?? count;
                texts[actual, predicted] = count == 0 ? "0" : shares is null ? Invariant($"{count}") : Invariant($"{shares[actual, predicted]:0.00}");
            }
        }

        double[] places = [.. Enumerable.Range(0, matrix.Classes).Select(i => (double)i)];
        var map = new Heatmap("confusion matrix", places, places, cells)
        {
            Texts = texts,
            Colors = ColorScale.Blues,
            ScaleTitle = normalization switch
            {
                null => "samples",
                Normalization.Actual => "share of the true class",
                Normalization.Predicted => "share of the predicted class",
                _ => "share of all samples",
            },
            Lowest = 0,
            Highest = shares is null ? null : 1,
        };
        var panel = new Panel(Invariant($"accuracy {matrix.Accuracy:P1}"))
        {
            X = new Axis("predicted class") { Labels = matrix.ClassNames },
            Y = new Axis("true class") { Labels = matrix.ClassNames, IsReversed = true },
        };
        return new Figure([map], new Layout("Confusion matrix", [panel]) { PanelHeight = MatrixHeight });
    }

    /// <summary>Draws precision, recall and F1 of each class.</summary>
    /// <param name="report">The scores.</param>
    public static Figure ClassScores(ClassificationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        string[] names = [.. report.Classes.Select(scores => scores.Name)];
        return Bar(
            "Scores of each class", new Axis("class"), new Axis("score (%)") { Format = AxisFormat.Percent },
            new Bar("precision", names, [.. report.Classes.Select(scores => scores.Precision)]),
            new Bar("recall", names, [.. report.Classes.Select(scores => scores.Recall)]),
            new Bar("F1", names, [.. report.Classes.Select(scores => scores.F1)]));
    }

    /// <summary>Draws the most frequently confused pairs of classes.</summary>
    /// <param name="matrix">The counts.</param>
    /// <param name="count">The maximum number of pairs.</param>
    public static Figure MostConfused(ConfusionMatrix matrix, int count = 6)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var pairs = matrix.MostConfused(count);
        return Bar(
            pairs.Select(pair => $"{pair.Actual} → {pair.Predicted}"), pairs.Select(pair => pair.Count),
            "Most confused", "true class → predicted class", "samples");
    }

    /// <summary>Draws the top-k accuracy: the share of samples whose true class is among the k most probable classes.</summary>
    /// <param name="predictions">The predictions of a classifier for a data set.</param>
    /// <param name="most">The maximum k, limited to the number of classes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of ranks is not positive.</exception>
    public static Figure TopAccuracy(Predictions predictions, int most = 5)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        var ks = Enumerable.Range(1, Math.Min(most, predictions.ClassCount)).ToList();
        return Bar(
            "Top-k accuracy", new Axis("k"), new Axis("accuracy (%)") { Format = AxisFormat.Percent },
            new Bar("accuracy", [.. ks.Select(k => $"{k}")], [.. ks.Select(predictions.TopAccuracy)]));
    }

    /// <summary>
    /// Draws receiver operating characteristics: true positive rate against false positive rate. The dotted line is random guessing.
    /// </summary>
    /// <param name="curves">The curves with their names in the legend.</param>
    public static Figure Roc(params IEnumerable<(string Name, RocCurve Curve)> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        var lines = curves.Select(entry => new Scatter(
            Invariant($"{entry.Name} (area {entry.Curve.Area:0.000})"),
            [.. entry.Curve.Points.Select(point => point.FalsePositiveRate)], [.. entry.Curve.Points.Select(point => point.TruePositiveRate)]));
        return Line(
            "ROC", new Axis("false positive rate (%)") { Format = AxisFormat.Percent }, new Axis("true positive rate (%)") { Format = AxisFormat.Percent },
            [.. lines, new Scatter("guessing", [0, 1], [0, 1]) { Dash = Dash.Dot, Color = Palette.Neutral }]);
    }

    /// <summary>Draws one receiver operating characteristic.</summary>
    /// <param name="curve">The curve, from <see cref="BinaryCurves.Roc"/>.</param>
    public static Figure Roc(RocCurve curve) => Roc(("classifier", curve));

    /// <summary>Draws precision against recall.</summary>
    /// <param name="curves">The curves with their names in the legend.</param>
    public static Figure PrecisionRecall(params IEnumerable<(string Name, PrecisionRecallCurve Curve)> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        return new Figure(
            curves.Select(entry => new Scatter(
                Invariant($"{entry.Name} (average precision {entry.Curve.AveragePrecision:0.000})"),
                [.. entry.Curve.Points.Select(point => point.Recall)], [.. entry.Curve.Points.Select(point => point.Precision)])),
            new Layout("Precision and recall", [new Panel
            {
                X = new Axis("recall (%)") { Format = AxisFormat.Percent },
                Y = new Axis("precision (%)") { Format = AxisFormat.Percent },
            }]));
    }

    /// <summary>Draws one curve of precision against recall.</summary>
    /// <param name="curve">The curve, from <see cref="BinaryCurves.PrecisionRecall"/>.</param>
    public static Figure PrecisionRecall(PrecisionRecallCurve curve) => PrecisionRecall(("classifier", curve));
}
