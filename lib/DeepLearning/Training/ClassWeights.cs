namespace DeepLearning.Training;

/// <summary>Computes class weights for <see cref="Losses.CrossEntropy"/>, for data with rare classes.</summary>
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
}
