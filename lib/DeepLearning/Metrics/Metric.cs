using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Metrics;

/// <summary>
/// A score that is computed over batches: <see cref="Update(Tensor, Tensor)"/> adds a batch to the state, <see cref="Compute"/> returns the score of
/// all batches, <see cref="Reset"/> removes them. The static members return the metrics of this library.
/// </summary>
/// <remarks>
/// Like torchmetrics' Metric. A sample with a NaN output is a wrong prediction: the accuracies count it as wrong; for precision, recall and F1, a NaN
/// output of a label is the opposite of its target, and a sample with a NaN score is predicted as no class. Errors, <see cref="R2"/>,
/// <see cref="Auc"/> and <see cref="AveragePrecision"/> are NaN if an output is NaN. The trainer clones the metrics of its options, so training and
/// validation have separate states. Derive a custom metric from <see cref="SumMetric"/>, or create it with <see cref="Mean"/>.
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
    /// <param name="higherIsBetter">Whether a higher value is better, as for accuracy; false for an error.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    protected Metric(string name, bool higherIsBetter = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        (Name, HigherIsBetter) = (name, higherIsBetter);
    }

    /// <summary>
    /// Gets a new metric: the fraction of samples whose true class has the highest score, 0 to 1. Outputs are [N, classes, …], targets Int64 [N, …].
    /// </summary>
    public static Metric Accuracy => new ClassAccuracy();

    /// <summary>Gets a new metric "mae": the mean absolute error. Outputs and targets have the same shape.</summary>
    public static Metric MeanAbsoluteError =>
        new ElementMetric("mae", (outputs, targets) => Shapes.Same("mae", outputs, targets).abs(), higherIsBetter: false);

    /// <summary>Gets a new metric "mse": the mean squared error. Outputs and targets have the same shape.</summary>
    public static Metric MeanSquaredError => SquaredError("mse", root: false);

    /// <summary>Gets a new metric "rmse": the root of the mean squared error. Outputs and targets have the same shape.</summary>
    public static Metric RootMeanSquaredError => SquaredError("rmse", root: true);

    /// <summary>
    /// Gets a new metric "r2": the coefficient of determination, 1 for exact predictions and 0 for the mean of the targets. Outputs and targets are
    /// [N] or [N, outputs]; the scores of several outputs are averaged. Like scikit-learn's r2_score.
    /// </summary>
    public static Metric R2 => new R2Score();

    /// <summary>Gets the name in tables, charts and logs.</summary>
    public string Name { get; }

    /// <summary>Gets a value that indicates whether a higher value is better.</summary>
    public bool HigherIsBetter { get; }

    /// <summary>Gets the reduction of the states of several processes.</summary>
    public abstract StateReduction Reduction { get; }

    /// <summary>
    /// Returns a new metric "accuracy": the fraction of outputs on the correct side of a threshold. Outputs and targets have the same shape, such as
    /// [N], [N, 1] or, for several labels, [N, labels]; targets are 0 or 1.
    /// </summary>
    /// <param name="threshold">0.5 for probabilities, 0 for logits.</param>
    /// <exception cref="ArgumentException">The threshold is NaN.</exception>
    public static Metric BinaryAccuracy(double threshold = 0.5)
    {
        RequireNumber(threshold);
        return new ElementMetric(
            AccuracyName,
            (outputs, targets) =>
            {
                Shapes.RequireSame("BinaryAccuracy", outputs, targets);
                Targets.RequireBinary("BinaryAccuracy", targets);
                return Above(outputs, threshold).eq(Above(targets, 0.5)).logical_and(outputs.isnan().logical_not());
            },
            higherIsBetter: true);
    }

    /// <summary>
    /// Returns a new metric "top-k accuracy": the fraction of samples whose true class is among the <paramref name="k"/> classes with the highest
    /// scores. For equal scores, the lower class index ranks first. Outputs are [N, classes], targets Int64 [N].
    /// </summary>
    /// <param name="k">The number of classes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is not positive.</exception>
    public static Metric TopAccuracy(int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        return new TopAccuracy(k);
    }

    /// <summary>
    /// Returns a new metric "precision": the fraction of the samples predicted as a class that are of the class; 0 for a class without predictions.
    /// Outputs [N, classes] and targets Int64 [N] are for classification; outputs and targets [N] or [N, 1] for the positive class only; outputs and
    /// targets [N, labels] for multi-label classification.
    /// </summary>
    /// <param name="average">The average over classes or labels; it has no effect on outputs of one column.</param>
    /// <param name="threshold">
    /// The threshold above which outputs are positive, if targets have the shape of the outputs: 0.5 for probabilities, 0 for logits. It is not used
    /// for classification.
    /// </param>
    /// <exception cref="ArgumentException">The threshold is NaN.</exception>
    public static Metric Precision(ClassAverage average = ClassAverage.Macro, double threshold = 0.5) =>
        new ClassCounts("precision", average, RequireNumber(threshold), (hits, predicted, _) => Ratio(hits, predicted));

    /// <summary>
    /// Returns a new metric "recall": the fraction of the samples of a class that are predicted as the class; 0 for a class without samples. Shapes
    /// are those of <see cref="Precision"/>.
    /// </summary>
    /// <inheritdoc cref="Precision"/>
    public static Metric Recall(ClassAverage average = ClassAverage.Macro, double threshold = 0.5) =>
        new ClassCounts("recall", average, RequireNumber(threshold), (hits, _, actual) => Ratio(hits, actual));

    /// <summary>Returns a new metric "f1": the harmonic mean of precision and recall. Shapes are those of <see cref="Precision"/>.</summary>
    /// <inheritdoc cref="Precision"/>
    public static Metric F1(ClassAverage average = ClassAverage.Macro, double threshold = 0.5) =>
        new ClassCounts("f1", average, RequireNumber(threshold), (hits, predicted, actual) => Ratio(2 * hits, predicted + actual));

    /// <summary>
    /// Returns a new metric "auc": the area under the receiver operating characteristic, like scikit-learn's roc_auc_score; NaN if all targets are
    /// equal or an output is NaN. Outputs are [N] or [N, 1] on any increasing scale, or [N, 2]; targets are 0 or 1, [N] or, for outputs [N, 1], also
    /// [N, 1]. The metric stores two numbers per sample.
    /// </summary>
    public static Metric Auc() => new CurveMetric("auc", needsNegatives: true, (labels, scores) => BinaryCurves.Roc(labels, scores).Area);

    /// <summary>
    /// Returns a new metric "average precision": the area under the curve of precision against recall, like scikit-learn's average_precision_score;
    /// NaN if no target is positive or an output is NaN. Shapes are those of <see cref="Auc"/>.
    /// </summary>
    public static Metric AveragePrecision() =>
        new CurveMetric("average precision", needsNegatives: false, (labels, scores) => BinaryCurves.PrecisionRecall(labels, scores).AveragePrecision);

    /// <summary>Returns a new metric that is a mean over values.</summary>
    /// <param name="name">The name in tables, charts and logs.</param>
    /// <param name="sum">
    /// A function that returns the sum over a batch, a tensor with one element, from the outputs and the targets. The sum is divided by the number of
    /// values of the targets. The function should check shapes, because broadcasting would hide errors.
    /// </param>
    /// <param name="higherIsBetter">Whether a higher value is better.</param>
    public static Metric Mean(string name, Func<Tensor, Tensor, Tensor> sum, bool higherIsBetter = true) => new MeanMetric(name, sum, higherIsBetter);

    /// <summary>Adds a batch, without waiting for the device.</summary>
    /// <param name="outputs">The model's outputs.</param>
    /// <param name="targets">The targets, on the same device.</param>
    /// <exception cref="ArgumentException">
    /// The shapes are incompatible; the message contains both. Or a target on the CPU is not a class of the outputs, or not 0 or 1; targets on another
    /// device are not checked.
    /// </exception>
    public abstract void Update(Tensor outputs, Tensor targets);

    /// <summary>
    /// Adds a batch with weights of samples, like sample_weight of scikit-learn and Keras: a sample with the weight 2 counts as two samples. The
    /// method waits for the device.
    /// </summary>
    /// <param name="outputs">The model's outputs.</param>
    /// <param name="targets">The targets, on the same device.</param>
    /// <param name="weights">The weight of each sample, [N], on the same device.</param>
    /// <exception cref="ArgumentException">The shapes are incompatible; the message contains them.</exception>
    /// <exception cref="NotSupportedException">The metric does not support weights.</exception>
    public virtual void Update(Tensor outputs, Tensor targets, Tensor weights) =>
        throw new NotSupportedException($"The metric '{Name}' does not support sample weights: override Update(outputs, targets, weights).");

    /// <summary>
    /// Returns the score of all batches since the last <see cref="Reset"/>; NaN if it is undefined, for example without samples. The method waits for
    /// the device.
    /// </summary>
    public abstract double Compute();

    /// <summary>Removes all batches.</summary>
    public abstract void Reset();

    /// <summary>Returns a metric with the same settings and an empty state.</summary>
    public abstract Metric Clone();

    /// <summary>Returns a copy of the state, Float64 in one dimension on the CPU; empty before the first batch.</summary>
    public abstract Tensor SaveState();

    /// <summary>Replaces the state.</summary>
    /// <param name="state">A result of <see cref="SaveState"/>, or several results combined with <see cref="Reduction"/>.</param>
    /// <param name="device">The device of subsequent batches.</param>
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
    /// Returns which elements are above a threshold; the scalar is kept alive during the call, because TorchSharp does not keep it alive.
    /// </summary>
    private protected static Tensor Above(Tensor values, double threshold)
    {
        using Scalar limit = threshold;
        return values.gt(limit);
    }

    /// <summary>Returns the class indices, Int64 [classes], for outputs [N, classes, …].</summary>
    private protected static Tensor Classes(Tensor outputs)
    {
        using Scalar first = 0; // these are kept alive during the call, because TorchSharp does not keep them alive
        using Scalar count = outputs.shape[1];
        using Scalar step = 1;
        return arange(first, count, step, ScalarType.Int64, outputs.device);
    }

    private static double RequireNumber(double threshold) => double.IsNaN(threshold)
        ? throw new ArgumentException("The threshold is NaN, and no output is above or below it.", nameof(threshold))
        : threshold;

    private static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;
}

/// <summary>The reduction of the states of a metric in several processes.</summary>
public enum StateReduction
{
    /// <summary>The states are summed.</summary>
    Sum,

    /// <summary>The states are concatenated.</summary>
    Concatenate,
}

/// <summary>The average of the scores of classes.</summary>
public enum ClassAverage
{
    /// <summary>The unweighted mean over all labels, or over the classes that occur in targets or predictions.</summary>
    Macro,

    /// <summary>The mean over classes, weighted by their frequency in the targets.</summary>
    Weighted,

    /// <summary>The score of the total counts of all classes or labels; for single-label classification without NaN, the accuracy.</summary>
    Micro,
}
