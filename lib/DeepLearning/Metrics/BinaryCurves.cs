using System.Globalization;

namespace DeepLearning.Metrics;

/// <summary>Computes curves over the thresholds of a binary classifier, as scikit-learn does: ROC, and precision against recall.</summary>
public static class BinaryCurves
{
    /// <summary>Returns the receiver operating characteristic (ROC), from (0, 0) to (1, 1). Collinear points are omitted.</summary>
    /// <param name="labels">The labels; true is the positive class.</param>
    /// <param name="scores">The scores of the samples, in the order of the labels; a higher score means the positive class.</param>
    /// <exception cref="ArgumentException">The numbers of scores and labels differ, all labels are the same, or a score is NaN.</exception>
    public static RocCurve Roc(IReadOnlyList<bool> labels, IReadOnlyList<double> scores)
    {
        var points = Counts(labels, scores, needsNegatives: true);
        var (positives, negatives) = (points[^1].True, points[^1].False);
        List<RocPoint> curve = [new(double.PositiveInfinity, 0, 0)];
        for (var i = 0; i < points.Count; i++)
        {
            var isCorner = i == 0 || i == points.Count - 1
                || points[i + 1].False - (2 * points[i].False) + points[i - 1].False != 0
                || points[i + 1].True - (2 * points[i].True) + points[i - 1].True != 0;
            if (isCorner)
                curve.Add(new(points[i].Threshold, (double)points[i].False / negatives, (double)points[i].True / positives));
        }
        var area = curve.Zip(curve.Skip(1), (a, b) => (b.FalsePositiveRate - a.FalsePositiveRate) * (a.TruePositiveRate + b.TruePositiveRate) / 2).Sum();
        return new RocCurve(curve, area);
    }

    /// <summary>Returns precision and recall at each threshold that separates samples, from the lowest to the highest.</summary>
    /// <inheritdoc cref="Roc" path="/param"/>
    /// <exception cref="ArgumentException">The numbers of scores and labels differ, no label is positive, or a score is NaN.</exception>
    public static PrecisionRecallCurve PrecisionRecall(IReadOnlyList<bool> labels, IReadOnlyList<double> scores)
    {
        var points = Counts(labels, scores, needsNegatives: false);
        double positives = points[^1].True;
        List<PrecisionRecallPoint> curve =
            [.. points.Select(point => new PrecisionRecallPoint(point.Threshold, (double)point.True / (point.True + point.False), point.True / positives))];
        var average = curve.Select((point, i) => (point.Recall - (i == 0 ? 0 : curve[i - 1].Recall)) * point.Precision).Sum();
        curve.Reverse();
        return new PrecisionRecallCurve(curve, average);
    }

    /// <summary>Returns the numbers of positive and negative samples at or above each distinct score, from the highest score to the lowest.</summary>
    private static List<(double Threshold, long True, long False)> Counts(IReadOnlyList<bool> labels, IReadOnlyList<double> scores, bool needsNegatives)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(scores);
        if (labels.Count != scores.Count)
            throw new ArgumentException($"There are {labels.Count} labels but {scores.Count} scores: each sample needs one of each.", nameof(scores));
        if (!labels.Contains(true) || (needsNegatives && !labels.Contains(false)))
        {
            throw new ArgumentException(
                needsNegatives ? "A curve needs samples of both classes, but all labels are the same, or there are none." : "The curve needs positive samples; there are none.",
                nameof(labels));
        }
        var undefined = scores.Select((score, sample) => (score, sample)).FirstOrDefault(entry => double.IsNaN(entry.score), (score: 0, sample: -1)).sample;
        if (undefined >= 0)
            throw new ArgumentException($"The score of sample {undefined} is NaN: it is neither above nor below a threshold. Leave out such samples, or find out why the model returns them.", nameof(scores));
        List<(double Threshold, long True, long False)> points = [];
        long found = 0, alarms = 0;
        foreach (var group in labels.Zip(scores).GroupBy(sample => sample.Second).OrderByDescending(group => group.Key))
        {
            found += group.LongCount(sample => sample.First);
            alarms += group.LongCount(sample => !sample.First);
            points.Add((group.Key, found, alarms));
        }
        return points;
    }
}

/// <summary>A receiver operating characteristic.</summary>
/// <param name="Points">The points, from no sample predicted as positive to all.</param>
/// <param name="Area">
/// The area under the curve: the probability that a positive sample has a higher score than a negative sample; 0.5 is random guessing.
/// </param>
public sealed record RocCurve(IReadOnlyList<RocPoint> Points, double Area)
{
    /// <inheritdoc/>
    public bool Equals(RocCurve? other) => other is not null && Area.Equals(other.Area) && Points.SequenceEqual(other.Points);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Points.Count, Area);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"ROC curve of {Points.Count} points, area {Area:0.0000}");
}

/// <summary>A point of a ROC curve, for one threshold.</summary>
/// <param name="Threshold">The threshold: samples with at least this score are predicted as positive.</param>
/// <param name="FalsePositiveRate">The fraction of the negative samples that are predicted as positive.</param>
/// <param name="TruePositiveRate">The fraction of the positive samples that are predicted as positive (recall).</param>
public sealed record RocPoint(double Threshold, double FalsePositiveRate, double TruePositiveRate);

/// <summary>A curve of precision against recall.</summary>
/// <param name="Points">The points, from the lowest threshold to the highest.</param>
/// <param name="AveragePrecision">The mean of the precisions, weighted by the increase in recall.</param>
public sealed record PrecisionRecallCurve(IReadOnlyList<PrecisionRecallPoint> Points, double AveragePrecision)
{
    /// <inheritdoc/>
    public bool Equals(PrecisionRecallCurve? other) =>
        other is not null && AveragePrecision.Equals(other.AveragePrecision) && Points.SequenceEqual(other.Points);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Points.Count, AveragePrecision);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"precision-recall curve of {Points.Count} points, average precision {AveragePrecision:0.0000}");
}

/// <summary>A point of a curve of precision against recall, for one threshold.</summary>
/// <param name="Threshold">The threshold: samples with at least this score are predicted as positive.</param>
/// <param name="Precision">The fraction of the samples predicted as positive that are positive.</param>
/// <param name="Recall">The fraction of the positive samples that are predicted as positive.</param>
public sealed record PrecisionRecallPoint(double Threshold, double Precision, double Recall);
