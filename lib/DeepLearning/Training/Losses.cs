using System.Globalization;
using System.Runtime.InteropServices;
using DeepLearning.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// Common losses for <see cref="TrainerOptions.Loss"/>. Each loss checks the shapes of outputs and targets; broadcasting would hide a mismatch.
/// </summary>
public static class Losses
{
    private static readonly Func<Tensor, Tensor, Tensor> _plainCrossEntropy = NewCrossEntropy(null, 0);

    /// <summary>
    /// Returns the cross-entropy of logits: outputs [N, classes, …] and targets Int64 [N, …], or Float32 probabilities in the shape of the outputs.
    /// </summary>
    /// <param name="classWeights">
    /// The weight of each class, such as <see cref="ClassWeights.Balanced"/>; null gives all classes the same weight. The result is the weighted
    /// mean, as in PyTorch.
    /// </param>
    /// <param name="labelSmoothing">The fraction of each target, 0 to 1, that is distributed over all classes.</param>
    /// <exception cref="ArgumentException">A weight is negative, infinite or NaN, all weights are 0, or the label smoothing is not between 0 and 1.</exception>
    public static Func<Tensor, Tensor, Tensor> CrossEntropy(IReadOnlyList<double>? classWeights = null, double labelSmoothing = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(labelSmoothing);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(labelSmoothing, 1);
        if (classWeights?.Any(weight => !double.IsFinite(weight) || weight < 0) == true)
            throw new ArgumentException($"A class weight is negative, infinite or NaN: {string.Join(", ", classWeights.Select(weight => weight.ToString(CultureInfo.InvariantCulture)))}.", nameof(classWeights));
        if (classWeights?.All(weight => weight == 0) == true)
            throw new ArgumentException("All class weights are 0, or there are none, so the weighted mean is undefined.", nameof(classWeights));
        return classWeights is null && labelSmoothing == 0 ? _plainCrossEntropy : NewCrossEntropy(classWeights, labelSmoothing);
    }

    /// <summary>Returns whether a loss is <see cref="CrossEntropy"/> without class weights and label smoothing.</summary>
    internal static bool IsPlainCrossEntropy(Func<Tensor, Tensor, Tensor> loss) => ReferenceEquals(loss, _plainCrossEntropy);

    private static Func<Tensor, Tensor, Tensor> NewCrossEntropy(IReadOnlyList<double>? classWeights, double labelSmoothing)
    {
        var weights = new DeviceConstant(classWeights);
        var hasZero = classWeights?.Contains(0) == true;
        return (outputs, targets) =>
        {
            if (!targets.is_floating_point())
                RequireClassNumbers(outputs, targets);
            else if (!outputs.shape.AsSpan().SequenceEqual(targets.shape))
                throw Shapes.Unfit("CrossEntropy", "class numbers, Int64 [N] (of a TableData by Batches(classes: true)), or probabilities in the shape of the outputs as targets", outputs, targets);
            else if (outputs.ndim >= 2 && outputs.shape[1] == 1)
                throw Shapes.Unfit("CrossEntropy", "outputs [N, classes] with a score for each of at least two classes (for a single output, use Losses.BinaryCrossEntropy() or Losses.MeanSquaredError(), and other metrics than Accuracy)", outputs, targets);
            if (classWeights is not null && classWeights.Count != outputs.shape[1])
                throw new ArgumentException($"CrossEntropy has {classWeights.Count} class weights; the outputs are {Shapes.Text(outputs)}.", nameof(classWeights));
            if (hasZero)
                RequireWeight(classWeights!, targets);
            try
            {
                return nn.functional.cross_entropy(outputs, targets, weight: weights.Like(outputs), label_smoothing: labelSmoothing);
            }
            catch (ExternalException) when (!targets.is_floating_point())
            {
                Targets.RequireClasses("CrossEntropy", targets, outputs.shape[1]);
                throw;
            }
        };
    }

    /// <summary>
    /// Returns the binary cross-entropy of logits: outputs and targets of the same shape, targets between 0 and 1. Metrics of logits need the
    /// threshold 0: <c>Metric.BinaryAccuracy(threshold: 0)</c>, <c>Metric.F1(threshold: 0)</c>.
    /// </summary>
    /// <param name="positiveWeight">The weight of the positive targets; 1 gives both classes the same weight.</param>
    /// <exception cref="ArgumentException"><paramref name="positiveWeight"/> is not positive and finite.</exception>
    public static Func<Tensor, Tensor, Tensor> BinaryCrossEntropy(double positiveWeight = 1) => NewBinaryCrossEntropy(positiveWeight == 1 ? null : [positiveWeight]);

    /// <summary>Returns the binary cross-entropy of logits [N, labels] for multi-label classification, with a weight for each label.</summary>
    /// <param name="positiveWeights">
    /// The weight of the positive targets of each label, such as <see cref="ClassWeights.Positive"/>, as PyTorch's pos_weight.
    /// </param>
    /// <exception cref="ArgumentException">There are no weights, or a weight is not positive and finite.</exception>
    public static Func<Tensor, Tensor, Tensor> BinaryCrossEntropy(IReadOnlyList<double> positiveWeights)
    {
        ArgumentNullException.ThrowIfNull(positiveWeights);
        return NewBinaryCrossEntropy([.. positiveWeights]);
    }

    private static Func<Tensor, Tensor, Tensor> NewBinaryCrossEntropy(double[]? positiveWeights)
    {
        if (positiveWeights?.Length == 0 || positiveWeights?.All(weight => weight > 0 && double.IsFinite(weight)) == false)
            throw new ArgumentException($"The weights of positive targets must be positive and finite, but are [{string.Join(", ", positiveWeights.Select(weight => weight.ToString(CultureInfo.InvariantCulture)))}].", nameof(positiveWeights));
        var weights = new DeviceConstant(positiveWeights);
        return (outputs, targets) =>
        {
            Shapes.RequireSame("BinaryCrossEntropy", outputs, targets);
            Targets.RequireBinary("BinaryCrossEntropy", targets);
            if (positiveWeights?.Length > 1 && (outputs.ndim < 2 || outputs.shape[^1] != positiveWeights.Length))
                throw new ArgumentException($"BinaryCrossEntropy has weights of {positiveWeights.Length} labels; the outputs are {Shapes.Text(outputs)}.", nameof(outputs));
            return nn.functional.binary_cross_entropy_with_logits(outputs, targets.to(outputs.dtype), pos_weights: weights.Like(outputs));
        };
    }

    /// <summary>Returns the mean squared error of outputs and targets of the same shape.</summary>
    public static Func<Tensor, Tensor, Tensor> MeanSquaredError() =>
        Same("MeanSquaredError", (outputs, targets) => nn.functional.mse_loss(outputs, targets));

    /// <summary>Returns the mean absolute error of outputs and targets of the same shape.</summary>
    public static Func<Tensor, Tensor, Tensor> MeanAbsoluteError() =>
        Same("MeanAbsoluteError", (outputs, targets) => nn.functional.l1_loss(outputs, targets));

    /// <summary>Returns the Huber loss of outputs and targets of the same shape: quadratic for small errors and linear for large ones.</summary>
    /// <param name="delta">The error at which the loss becomes linear.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is not positive.</exception>
    public static Func<Tensor, Tensor, Tensor> Huber(double delta = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(delta);
        return Same("Huber", (outputs, targets) => nn.functional.huber_loss(outputs, targets, delta));
    }

    private static Func<Tensor, Tensor, Tensor> Same(string name, Func<Tensor, Tensor, Tensor> loss) => (outputs, targets) =>
    {
        Shapes.RequireSame(name, outputs, targets);
        // with autocast, outputs have 16 bits and targets 32
        if (!targets.is_floating_point() || (targets.dtype == ScalarType.Float64) != (outputs.dtype == ScalarType.Float64))
        {
            throw new ArgumentException(
                $"{name} takes outputs and targets of the same floating-point type; the outputs are {outputs.dtype} and the targets {targets.dtype}: convert the targets "
                + $"with .to(ScalarType.{outputs.dtype}).");
        }
        return loss(outputs, targets);
    };

    // the weighted mean of a batch would be 0 / 0; targets on another device are not checked, because reading them would wait for the device
    private static void RequireWeight(IReadOnlyList<double> classWeights, Tensor targets)
    {
        if (targets.device_type != DeviceType.CPU || targets.is_floating_point())
            return;
        using var classes = targets.to(ScalarType.Int64).contiguous();
        var labels = CpuValues.Of<long>(classes, ScalarType.Int64);
        foreach (var label in labels)
        {
            // labels out of range have their own exception
            if (label < 0 || label >= classWeights.Count || classWeights[(int)label] > 0)
                return;
        }
        if (labels.Length > 0)
            throw new ArgumentException($"All {labels.Length} targets of the batch are of classes with the weight 0, so the weighted mean is undefined: give each class that occurs a positive weight.", nameof(targets));
    }

    private static void RequireClassNumbers(Tensor outputs, Tensor targets)
    {
        Shapes.RequireClasses("CrossEntropy", outputs, targets);
        if (targets.dtype is not (ScalarType.Int64 or ScalarType.Byte))
            throw new ArgumentException($"CrossEntropy takes class numbers of type Int64; the targets are {targets.dtype}: convert them with .to(ScalarType.Int64).");
    }
}
