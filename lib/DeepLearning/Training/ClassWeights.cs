using DeepLearning.Metrics;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// Computes class weights for <see cref="Losses.CrossEntropy"/> and <see cref="Losses.BinaryCrossEntropy(IReadOnlyList{double})"/>, for data with rare
/// classes or labels.
/// </summary>
public static class ClassWeights
{
    /// <summary>
    /// Returns weights that give every class the same share of the loss: samples / (classes · samples of the class), as scikit-learn's
    /// compute_class_weight("balanced"). A class without samples has the weight 0.
    /// </summary>
    /// <param name="labels">The classes of the training samples, from 0.</param>
    /// <param name="classes">The number of classes; by default the highest label + 1.</param>
    /// <exception cref="ArgumentException">There are no labels, or a label is out of range.</exception>
    public static double[] Balanced(IReadOnlyCollection<long> labels, int? classes = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count == 0)
            throw new ArgumentException("There are no labels to count.", nameof(labels));
        var counts = new long[classes ?? labels.Max() + 1];
        foreach (var label in labels)
        {
            if (label < 0 || label >= counts.Length)
                throw new ArgumentException($"The label {label} is out of range: the classes are 0 to {counts.Length - 1}.", nameof(labels));
            counts[label]++;
        }
        return [.. counts.Select(count => count == 0 ? 0 : (double)labels.Count / (counts.Length * count))];
    }

    /// <summary>
    /// Returns weights of positive targets that give the positive and the negative samples of each label the same share of the loss: negative samples /
    /// positive samples, as PyTorch's pos_weight.
    /// </summary>
    /// <param name="targets">The targets of the training samples, 0 or 1, [N] or [N, labels].</param>
    /// <exception cref="ArgumentException">A target is not 0 or 1, or a label has only positive or only negative samples.</exception>
    public static double[] Positive(Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.ndim is not (1 or 2) || targets.numel() == 0)
            throw new ArgumentException($"Targets are [N] or [N, labels], but these are {Shapes.Text(targets)}.", nameof(targets));
        using var scope = NewDisposeScope();
        Targets.RequireBinary("ClassWeights.Positive", targets.cpu());
        var samples = targets.shape[0];
        var positives = targets.reshape(samples, -1).to(ScalarType.Float64).sum(dim: 0).cpu().data<double>().ToArray();
        var one = Array.FindIndex(positives, count => count == 0 || count == samples);
        return one < 0
            ? [.. positives.Select(count => (samples - count) / count)]
            : throw new ArgumentException($"Label {one} (from 0) has only {(positives[one] == 0 ? "negative" : "positive")} samples, so it has no weight.", nameof(targets));
    }
}
