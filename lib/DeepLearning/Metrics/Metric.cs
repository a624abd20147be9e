using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Metrics;

/// <summary>
/// A score that is computed over many batches: <see cref="Update(Tensor, Tensor)"/> adds a batch to its state, <see cref="Compute"/> returns the score of all
/// of them, <see cref="Reset"/> starts again. The static members return the library's metrics.
/// </summary>
/// <remarks>
/// As torchmetrics' Metric. The trainer clones the metrics of its options, so that training and validation have states of their own. A metric
/// of your own derives from <see cref="SumMetric"/>, or is made by <see cref="Mean"/>.
/// </remarks>
/// <example>
/// <code>
/// using var f1 = Metric.F1();
/// foreach (var (inputs, targets) in batches.Epoch())
///     f1.Update(model.call(inputs), targets);
/// Console.WriteLine(f1.Compute());
/// </code>
/// </example>
public abstract class Metric : IDisposable
{
    /// <summary>The name of the accuracy among the scores.</summary>
    public const string AccuracyName = "accuracy";

    /// <summary>Creates a metric.</summary>
    /// <param name="name">The name in tables, charts and logs.</param>
    /// <param name="higherIsBetter">Whether a higher value is better, as with accuracy; an error is better when it is lower.</param>
    protected Metric(string name, bool higherIsBetter = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        (Name, HigherIsBetter) = (name, higherIsBetter);
    }

    /// <summary>Gets a new metric: the share of samples whose class has the highest score, 0 to 1. Outputs [N, classes, …], targets Int64 [N, …].</summary>
    public static Metric Accuracy => new ElementMetric(AccuracyName, Right, higherIsBetter: true);

    /// <summary>Gets a new metric "mae": the mean absolute error. Outputs and targets have the same shape.</summary>
    public static Metric MeanAbsoluteError =>
        new ElementMetric("mae", (outputs, targets) => Shapes.Same("mae", outputs, targets).abs(), higherIsBetter: false);

    /// <summary>Gets a new metric "mse": the mean squared error. Outputs and targets have the same shape.</summary>
    public static Metric MeanSquaredError => SquaredError("mse", root: false);

    /// <summary>Gets a new metric "rmse": the root of the mean squared error. Outputs and targets have the same shape.</summary>
    public static Metric RootMeanSquaredError => SquaredError("rmse", root: true);

    /// <summary>
    /// Gets a new metric "r2": the coefficient of determination, 1 for exact predictions and 0 for the mean of the targets. Outputs and targets
    /// [N], or [N, outputs], whose scores are averaged. As scikit-learn's r2_score.
    /// </summary>
    public static Metric R2 => new R2Score();

    /// <summary>Gets the name in tables, charts and logs.</summary>
    public string Name { get; }

    /// <summary>Gets whether a higher value is better.</summary>
    public bool HigherIsBetter { get; }

    /// <summary>Gets how the states of several processes are combined.</summary>
    public abstract StateReduction Reduction { get; }

    /// <summary>Returns a new metric "accuracy": the share of outputs on the right side of a threshold. Outputs and targets have the same shape, such as [N], [N, 1] or, with several labels, [N, labels]; targets are 0 or 1.</summary>
    /// <param name="threshold">0.5 for probabilities, 0 for logits.</param>
    public static Metric BinaryAccuracy(double threshold = 0.5) => new ElementMetric(
        AccuracyName,
        (outputs, targets) =>
        {
            Shapes.RequireSame("BinaryAccuracy", outputs, targets);
            return Above(outputs, threshold).eq(Above(targets, 0.5));
        },
        higherIsBetter: true);

    /// <summary>
    /// Returns a new metric "top-k accuracy": the share of samples whose class is among the <paramref name="k"/> with the highest scores. Among
    /// equal scores the lower class comes first. Outputs [N, classes], targets Int64 [N].
    /// </summary>
    /// <param name="k">The number of classes.</param>
    public static Metric TopAccuracy(int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        return new TopAccuracy(k);
    }

    /// <summary>
    /// Returns a new metric "precision": of the samples predicted as a class, the share that are of it. A class without predictions has 0. Outputs
    /// [N, classes] and targets Int64 [N] for classification; outputs and targets [N] or [N, 1] for the positive class alone; outputs and targets
    /// [N, labels] for several labels that a sample can have at once (multi-label classification).
    /// </summary>
    /// <param name="average">The average over classes or labels; it has no effect on outputs of one column.</param>
    /// <param name="threshold">
    /// With targets of the outputs' shape, outputs above it are positive: 0.5 for probabilities, 0 for logits. Classes need none.
    /// </param>
    public static Metric Precision(ClassAverage average = ClassAverage.Macro, double threshold = 0.5) =>
        new ClassCounts("precision", average, threshold, (hits, predicted, _) => Ratio(hits, predicted));

    /// <summary>
    /// Returns a new metric "recall": of the samples of a class, the share that are predicted as it. A class without samples has 0. Shapes are those
    /// of <see cref="Precision"/>.
    /// </summary>
    /// <inheritdoc cref="Precision"/>
    public static Metric Recall(ClassAverage average = ClassAverage.Macro, double threshold = 0.5) =>
        new ClassCounts("recall", average, threshold, (hits, _, actual) => Ratio(hits, actual));

    /// <summary>Returns a new metric "f1": the harmonic mean of precision and recall. Shapes are those of <see cref="Precision"/>.</summary>
    /// <inheritdoc cref="Precision"/>
    public static Metric F1(ClassAverage average = ClassAverage.Macro, double threshold = 0.5) =>
        new ClassCounts("f1", average, threshold, (hits, predicted, actual) => Ratio(2 * hits, predicted + actual));

    /// <summary>
    /// Returns a new metric "auc": the area under the receiver operating characteristic, as scikit-learn's roc_auc_score; NaN while all
    /// targets are the same or an output is NaN. Outputs [N] or [N, 1] in any increasing scale, or [N, 2]; targets 0 or 1, [N] or, beside outputs
    /// [N, 1], [N, 1]. It keeps two numbers a sample.
    /// </summary>
    public static Metric Auc() => new CurveMetric("auc", needsNegatives: true, (labels, scores) => BinaryCurves.Roc(labels, scores).Area);

    /// <summary>
    /// Returns a new metric "average precision": the area under the curve of precision against recall, as scikit-learn's average_precision_score;
    /// NaN while no target is positive or an output is NaN. Shapes are those of <see cref="Auc"/>.
    /// </summary>
    public static Metric AveragePrecision() =>
        new CurveMetric("average precision", needsNegatives: false, (labels, scores) => BinaryCurves.PrecisionRecall(labels, scores).AveragePrecision);

    /// <summary>Returns a new metric that is a mean over samples.</summary>
    /// <param name="name">The name in tables, charts and logs.</param>
    /// <param name="sum">
    /// Returns the sum over a batch, a tensor of one number, from the outputs and the targets. It is divided by the number of values in the
    /// targets, and should check shapes that broadcasting would hide.
    /// </param>
    /// <param name="higherIsBetter">Whether a higher value is better.</param>
    public static Metric Mean(string name, Func<Tensor, Tensor, Tensor> sum, bool higherIsBetter = true) => new MeanMetric(name, sum, higherIsBetter);

    /// <summary>Adds a batch. Nothing waits for the device.</summary>
    /// <param name="outputs">The model's outputs.</param>
    /// <param name="targets">The targets, on the same device.</param>
    /// <exception cref="ArgumentException">The shapes do not fit; the message contains both.</exception>
    public abstract void Update(Tensor outputs, Tensor targets);

    /// <summary>Adds a batch whose samples have weights, as scikit-learn's and Keras's sample_weight: a sample of weight 2 counts as two. It waits for the device.</summary>
    /// <param name="outputs">The model's outputs.</param>
    /// <param name="targets">The targets, on the same device.</param>
    /// <param name="weights">The weight of each sample, [N], on the same device.</param>
    /// <exception cref="ArgumentException">The shapes do not fit; the message contains them.</exception>
    /// <exception cref="NotSupportedException">The metric has no weighted form.</exception>
    public virtual void Update(Tensor outputs, Tensor targets, Tensor weights) =>
        throw new NotSupportedException($"The metric '{Name}' does not take weights of samples: override Update(outputs, targets, weights).");

    /// <summary>Returns the score of all batches since the last <see cref="Reset"/>; NaN where it is not defined, as without a sample. Waits for the device.</summary>
    public abstract double Compute();

    /// <summary>Removes all batches.</summary>
    public abstract void Reset();

    /// <summary>Returns a metric of the same settings without state.</summary>
    public abstract Metric Clone();

    /// <summary>Returns a copy of the state, Float64 in one dimension on the CPU; empty before the first batch.</summary>
    public abstract Tensor SaveState();

    /// <summary>Replaces the state.</summary>
    /// <param name="state">A state that <see cref="SaveState"/> returned, or several that were combined by <see cref="Reduction"/>.</param>
    /// <param name="device">The device of the batches to come.</param>
    public abstract void LoadState(Tensor state, Device device);

    /// <inheritdoc/>
    public void Dispose()
    {
        Reset();
        GC.SuppressFinalize(this);
    }

    private static ElementMetric SquaredError(string name, bool root) =>
        new(
            name,
            (outputs, targets) =>
            {
                var error = Shapes.Same(name, outputs, targets);
                return error * error;
            },
            higherIsBetter: false,
            root);

    /// <summary>
    /// Returns which elements are above a threshold; the number is kept alive during the call, because TorchSharp does not keep it alive.
    /// </summary>
    private protected static Tensor Above(Tensor values, double threshold)
    {
        using Scalar limit = threshold;
        return values.gt(limit);
    }

    /// <summary>Returns the numbers of the classes, Int64 [classes], of outputs [N, classes, …].</summary>
    private protected static Tensor Classes(Tensor outputs)
    {
        using Scalar first = 0; // these are kept alive during the call, because TorchSharp does not keep them alive
        using Scalar count = outputs.shape[1];
        using Scalar step = 1;
        return arange(first, count, step, ScalarType.Int64, outputs.device);
    }

    private static Tensor Right(Tensor outputs, Tensor targets)
    {
        Shapes.RequireClasses("Accuracy", outputs, targets);
        return outputs.argmax(1).eq(targets);
    }

    private static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;
}

/// <summary>How the states of a metric in several processes are combined into one.</summary>
public enum StateReduction
{
    /// <summary>They are added up.</summary>
    Sum,

    /// <summary>They are joined, one after the other.</summary>
    Concatenate,
}

/// <summary>How the scores of classes become one score.</summary>
public enum ClassAverage
{
    /// <summary>The mean over all labels, or over the classes that occur among targets or predictions; each counts the same.</summary>
    Macro,

    /// <summary>The mean over classes; each counts as often as it occurs among the targets.</summary>
    Weighted,

    /// <summary>The score of the counts of all classes or labels together: with one class for each sample, the accuracy.</summary>
    Micro,
}
