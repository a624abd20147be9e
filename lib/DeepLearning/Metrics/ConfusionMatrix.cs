using System.Globalization;
using Microsoft.Data.Analysis;

namespace DeepLearning.Metrics;

/// <summary>How often samples of each class were taken for each class: rows are the true classes, columns the predicted ones.</summary>
/// <remarks>Tutorial 004, Confusion Matrix; scikit-learn's confusion_matrix.</remarks>
public sealed class ConfusionMatrix
{
    private readonly long[,] _counts;

    private ConfusionMatrix(IReadOnlyList<string> classNames, long[,] counts) => (ClassNames, _counts) = (classNames, counts);

    /// <summary>What the classes are called.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>How many classes there are.</summary>
    public int Classes => ClassNames.Count;

    /// <summary>How many samples there are.</summary>
    public long Samples => _counts.Cast<long>().Sum();

    /// <summary>How many samples of one class were taken for another.</summary>
    public long this[int actual, int predicted] => _counts[actual, predicted];

    /// <summary>The share of samples that were predicted right, 0 to 1.</summary>
    public double Accuracy => (double)Enumerable.Range(0, Classes).Sum(i => _counts[i, i]) / Samples;

    /// <summary>Counts.</summary>
    /// <param name="labels">The true classes, from 0.</param>
    /// <param name="predictions">The predicted classes, in the same order.</param>
    /// <param name="classNames">What the classes are called.</param>
    /// <exception cref="ArgumentException">There are not as many predictions as labels, or a class has no name.</exception>
    public static ConfusionMatrix Of(IReadOnlyList<long> labels, IReadOnlyList<long> predictions, IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        LabelPairs.Check(labels, predictions);
        var counts = new long[classNames.Count, classNames.Count];
        for (var i = 0; i < labels.Count; i++)
        {
            if (Math.Min(labels[i], predictions[i]) < 0 || Math.Max(labels[i], predictions[i]) >= classNames.Count)
            {
                throw new ArgumentException(
                    $"Sample {i} is of class {labels[i]} and was taken for {predictions[i]}; there are names for classes 0 to {classNames.Count - 1}.",
                    nameof(classNames));
            }
            counts[labels[i], predictions[i]]++;
        }
        return new ConfusionMatrix([.. classNames], counts);
    }

    /// <summary>The counts as shares, [actual, predicted]; 0 where there is nothing to divide by.</summary>
    /// <param name="by">What adds up to 1; each true class unless told, so that the diagonal is the recall.</param>
    public double[,] Normalized(Normalization by = Normalization.Actual)
    {
        var shares = new double[Classes, Classes];
        for (var actual = 0; actual < Classes; actual++)
        {
            for (var predicted = 0; predicted < Classes; predicted++)
            {
                var whole = by switch
                {
                    Normalization.Actual => Row(actual),
                    Normalization.Predicted => Column(predicted),
                    _ => Samples,
                };
                shares[actual, predicted] = whole == 0 ? 0 : (double)_counts[actual, predicted] / whole;
            }
        }
        return shares;
    }

    /// <summary>The pairs of classes that were mixed up most often, the most frequent first.</summary>
    /// <param name="count">How many pairs at most.</param>
    public IReadOnlyList<Confusion> MostConfused(int count = 10) =>
    [
        .. Enumerable.Range(0, Classes * Classes)
            .Select(place => (Actual: place / Classes, Predicted: place % Classes))
            .Where(pair => pair.Actual != pair.Predicted && _counts[pair.Actual, pair.Predicted] > 0)
            .OrderByDescending(pair => _counts[pair.Actual, pair.Predicted])
            .Take(count)
            .Select(pair => new Confusion(ClassNames[pair.Actual], ClassNames[pair.Predicted], _counts[pair.Actual, pair.Predicted])),
    ];

    /// <summary>The matrix as a table: a row a true class, under its name.</summary>
    public DataFrame Table() => new(
    [
        new StringDataFrameColumn("actual", ClassNames),
        .. ClassNames.Select((name, predicted) => (DataFrameColumn)new Int64DataFrameColumn(
            name, Enumerable.Range(0, Classes).Select(actual => (long?)_counts[actual, predicted]))),
    ]);

    /// <summary>The counts, right-aligned, a row a true class.</summary>
    public override string ToString()
    {
        var names = ClassNames.Max(name => name.Length);
        var width = Math.Max(4, _counts.Cast<long>().Max().ToString(CultureInfo.InvariantCulture).Length + 1);
        var rows = Enumerable.Range(0, Classes).Select(actual => ClassNames[actual].PadRight(names) + string.Concat(
            Enumerable.Range(0, Classes).Select(predicted => _counts[actual, predicted].ToString(CultureInfo.InvariantCulture).PadLeft(width))));
        return string.Join('\n', rows);
    }

    internal long Row(int actual) => Enumerable.Range(0, Classes).Sum(predicted => _counts[actual, predicted]);

    internal long Column(int predicted) => Enumerable.Range(0, Classes).Sum(actual => _counts[actual, predicted]);
}

/// <summary>What shares of a confusion matrix add up to.</summary>
public enum Normalization
{
    /// <summary>Each true class is a whole: the diagonal is the recall.</summary>
    Actual,

    /// <summary>Each predicted class is a whole: the diagonal is the precision.</summary>
    Predicted,

    /// <summary>All samples are the whole.</summary>
    All,
}

/// <summary>One class taken for another.</summary>
/// <param name="Actual">What the samples were.</param>
/// <param name="Predicted">What they were taken for.</param>
/// <param name="Count">How many.</param>
public sealed record Confusion(string Actual, string Predicted, long Count);
