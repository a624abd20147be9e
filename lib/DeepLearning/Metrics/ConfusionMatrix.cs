using System.Globalization;
using Microsoft.Data.Analysis;

namespace DeepLearning.Metrics;

/// <summary>A confusion matrix: the number of samples of each true class (row) that were predicted as each class (column).</summary>
/// <remarks>Tutorial 004, Confusion Matrix; like scikit-learn's confusion_matrix.</remarks>
public sealed class ConfusionMatrix
{
    private readonly long[,] _counts;

    private ConfusionMatrix(IReadOnlyList<string> classNames, long[,] counts) => (ClassNames, _counts) = (classNames, counts);

    /// <summary>Gets the names of the classes.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Gets the number of classes.</summary>
    public int Classes => ClassNames.Count;

    /// <summary>Gets the number of samples.</summary>
    public long Samples => _counts.Cast<long>().Sum();

    /// <summary>Gets the number of samples of a class that were predicted as another.</summary>
    /// <param name="actual">The true class.</param>
    /// <param name="predicted">The predicted class.</param>
    public long this[int actual, int predicted] => _counts[actual, predicted];

    /// <summary>Gets the accuracy, 0 to 1.</summary>
    public double Accuracy => (double)Enumerable.Range(0, Classes).Sum(i => _counts[i, i]) / Samples;

    /// <summary>Creates a confusion matrix from labels and predictions.</summary>
    /// <param name="labels">The true classes, from 0.</param>
    /// <param name="predictions">The predicted classes, in the same order.</param>
    /// <param name="classNames">The names of the classes.</param>
    /// <exception cref="ArgumentException">The numbers of predictions and labels differ, or a class has no name.</exception>
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
                    $"Sample {i} is of class {labels[i]} and was predicted as {predictions[i]}; there are names for classes 0 to {classNames.Count - 1}.",
                    nameof(classNames));
            }
            counts[labels[i], predictions[i]]++;
        }
        return new ConfusionMatrix([.. classNames], counts);
    }

    /// <summary>Returns the normalized counts, [actual, predicted]; 0 if there are no samples.</summary>
    /// <param name="by">The counts that add up to 1; by default the counts of each true class, with the recall on the diagonal.</param>
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

    /// <summary>Returns the most frequent confusions of two classes, the most frequent first.</summary>
    /// <param name="count">The maximum number of pairs.</param>
    public IReadOnlyList<Confusion> MostConfused(int count = 10) =>
    [
        .. Enumerable.Range(0, Classes * Classes)
            .Select(place => (Actual: place / Classes, Predicted: place % Classes))
            .Where(pair => pair.Actual != pair.Predicted && _counts[pair.Actual, pair.Predicted] > 0)
            .OrderByDescending(pair => _counts[pair.Actual, pair.Predicted])
            .Take(count)
            .Select(pair => new Confusion(ClassNames[pair.Actual], ClassNames[pair.Predicted], _counts[pair.Actual, pair.Predicted])),
    ];

    /// <summary>Returns the matrix as a table with a row for each true class.</summary>
    public DataFrame Table() => new(
    [
        new StringDataFrameColumn("actual", ClassNames),
        .. ClassNames.Select((name, predicted) => (DataFrameColumn)new Int64DataFrameColumn(
            name, Enumerable.Range(0, Classes).Select(actual => (long?)_counts[actual, predicted]))),
    ]);

    /// <summary>Returns the counts as text, right-aligned, with a row for each true class.</summary>
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

/// <summary>The normalization of a confusion matrix: the counts that add up to 1.</summary>
public enum Normalization
{
    /// <summary>The counts of each true class; the diagonal is the recall.</summary>
    Actual,

    /// <summary>The counts of each predicted class; the diagonal is the precision.</summary>
    Predicted,

    /// <summary>The counts of all samples.</summary>
    All,
}

/// <summary>The confusion of one class with another.</summary>
/// <param name="Actual">The name of the true class.</param>
/// <param name="Predicted">The name of the predicted class.</param>
/// <param name="Count">The number of samples.</param>
public sealed record Confusion(string Actual, string Predicted, long Count);
