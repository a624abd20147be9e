using System.Globalization;
using System.Text;
using DeepLearning.Display;
using Microsoft.Data.Analysis;

namespace DeepLearning.Metrics;

/// <summary>Precision, recall and F1 of each class, and their averages, like scikit-learn's classification_report.</summary>
/// <remarks>Tutorial 003, model evaluation.</remarks>
[TypeFormatterSource(typeof(TextFormatterSource), PreferredMimeTypes = ["text/plain"])]
public sealed class ClassificationReport
{
    private static readonly string[] _headings = ["precision", "recall", "f1-score", "support"];

    private ClassificationReport(IReadOnlyList<ClassScores> classes, double accuracy, ClassScores macro, ClassScores weighted) =>
        (Classes, Accuracy, MacroAverage, WeightedAverage) = (classes, accuracy, macro, weighted);

    /// <summary>Gets the scores of the classes, in their order.</summary>
    public IReadOnlyList<ClassScores> Classes { get; }

    /// <summary>Gets the accuracy, 0 to 1, which is also the micro average of precision, recall and F1.</summary>
    public double Accuracy { get; }

    /// <summary>Gets the unweighted mean over classes.</summary>
    public ClassScores MacroAverage { get; }

    /// <summary>Gets the mean over classes, weighted by their numbers of samples.</summary>
    public ClassScores WeightedAverage { get; }

    /// <summary>Gets the scores of a class by its name.</summary>
    /// <exception cref="KeyNotFoundException">No class has that name.</exception>
    public ClassScores this[string name] => Classes.FirstOrDefault(scores => scores.Name == name)
        ?? throw new KeyNotFoundException($"There is no class '{name}'; the classes are {string.Join(", ", Classes.Select(scores => scores.Name))}.");

    /// <summary>Creates a report from labels and predictions.</summary>
    /// <param name="labels">The true classes.</param>
    /// <param name="predictions">The predicted classes, in the same order.</param>
    /// <param name="classNames">
    /// The names of classes 0, 1, …, which are all in the report; null reports the classes that occur, with their numbers as names.
    /// </param>
    /// <param name="zeroDivision">The precision of a class without predictions, and the recall of a class without samples: 0 or 1.</param>
    /// <exception cref="ArgumentException">The numbers of predictions and labels differ, there are none, or a class has no name.</exception>
    public static ClassificationReport Of(
        IReadOnlyList<long> labels, IReadOnlyList<long> predictions, IReadOnlyList<string>? classNames = null, double zeroDivision = 0)
    {
        LabelPairs.Check(labels, predictions);
        if (classNames is null)
        {
            var occurring = labels.Concat(predictions).Distinct().Order().ToList();
            classNames = [.. occurring.Select(label => label.ToString(CultureInfo.InvariantCulture))];
            labels = [.. labels.Select(label => (long)occurring.BinarySearch(label))];
            predictions = [.. predictions.Select(label => (long)occurring.BinarySearch(label))];
        }
        return Of(ConfusionMatrix.Of(labels, predictions, classNames), zeroDivision);
    }

    /// <summary>Creates a report from a confusion matrix.</summary>
    /// <param name="matrix">The confusion matrix.</param>
    /// <param name="zeroDivision">The precision of a class without predictions, and the recall of a class without samples: 0 or 1.</param>
    public static ClassificationReport Of(ConfusionMatrix matrix, double zeroDivision = 0)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var classes = Enumerable.Range(0, matrix.Classes).Select(i =>
        {
            var (right, predicted, support) = (matrix[i, i], matrix.Column(i), matrix.Row(i));
            var precision = predicted == 0 ? zeroDivision : (double)right / predicted;
            var recall = support == 0 ? zeroDivision : (double)right / support;
            return new ClassScores(matrix.ClassNames[i], precision, recall, F1(precision, recall), support);
        }).ToList();
        return new ClassificationReport(
            classes, matrix.Accuracy,
            Average("macro avg", classes, matrix.Samples, _ => 1.0 / classes.Count),
            Average("weighted avg", classes, matrix.Samples, scores => (double)scores.Support / matrix.Samples));
    }

    /// <summary>Returns the report as a table with a row for each class and for each average.</summary>
    public DataFrame Table()
    {
        List<ClassScores> rows = [.. Classes, MacroAverage, WeightedAverage];
        return new DataFrame(
        [
            new StringDataFrameColumn("class", rows.Select(row => row.Name)),
            new DoubleDataFrameColumn(_headings[0], rows.Select(row => (double?)row.Precision)),
            new DoubleDataFrameColumn(_headings[1], rows.Select(row => (double?)row.Recall)),
            new DoubleDataFrameColumn(_headings[2], rows.Select(row => (double?)row.F1)),
            new Int64DataFrameColumn(_headings[3], rows.Select(row => (long?)row.Support)),
        ]);
    }

    /// <summary>Returns the report in the format of scikit-learn. If a class has no samples, scikit-learn names the accuracy "micro avg".</summary>
    public override string ToString()
    {
        var width = Math.Max(WeightedAverage.Name.Length, Classes.Max(scores => scores.Name.Length));
        var text = new StringBuilder();
        AppendRow(text, width, "", _headings);
        text.Append('\n');
        foreach (var scores in Classes)
            AppendRow(text, width, scores);
        text.Append('\n');
        AppendRow(text, width, "accuracy", ["", "", Number(Accuracy), Whole(MacroAverage.Support)]);
        AppendRow(text, width, MacroAverage);
        AppendRow(text, width, WeightedAverage);
        return text.ToString();
    }

    private static ClassScores Average(string name, List<ClassScores> classes, long samples, Func<ClassScores, double> weight) => new(
        name,
        classes.Sum(scores => scores.Precision * weight(scores)),
        classes.Sum(scores => scores.Recall * weight(scores)),
        classes.Sum(scores => scores.F1 * weight(scores)),
        samples);

    private static double F1(double precision, double recall) => precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);

    private static void AppendRow(StringBuilder text, int width, ClassScores scores) =>
        AppendRow(text, width, scores.Name, [Number(scores.Precision), Number(scores.Recall), Number(scores.F1), Whole(scores.Support)]);

    private static void AppendRow(StringBuilder text, int width, string name, string[] cells)
    {
        text.Append(name.PadLeft(width)).Append(' ');
        foreach (var cell in cells)
            text.Append(' ').Append(cell.PadLeft(9));
        text.Append('\n');
    }

    // C's printf, which Python uses, rounds ties to even; .NET rounds them up
    private static string Number(double value)
    {
        var hundredths = value * 100;
        var isMiddle = Math.FusedMultiplyAdd(value, 100, -hundredths) == 0 && hundredths - Math.Floor(hundredths) == 0.5;
        return (isMiddle ? Math.Round(hundredths) / 100 : value).ToString("F2", CultureInfo.InvariantCulture);
    }

    private static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The scores of a class, or an average over classes.</summary>
/// <param name="Name">The name of the class or the average.</param>
/// <param name="Precision">The fraction of the samples predicted as the class that are of the class, 0 to 1.</param>
/// <param name="Recall">The fraction of the class's samples that are predicted as the class, 0 to 1.</param>
/// <param name="F1">The harmonic mean of precision and recall, 0 to 1.</param>
/// <param name="Support">The number of the class's samples.</param>
public sealed record ClassScores(string Name, double Precision, double Recall, double F1, long Support);
