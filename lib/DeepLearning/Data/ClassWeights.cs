namespace DeepLearning.Data;

/// <summary>Weights for data whose classes differ in size, for a weighted loss or for a weighted sampler.</summary>
public static class ClassWeights
{
    /// <summary>
    /// Returns a weight for each class that makes all classes count alike: samples / (classes × samples of the class), as scikit-learn's "balanced" does;
    /// 0 for a class without samples. For a loss: <c>cross_entropy(outputs, targets, weight: tensor(weights).to(float32))</c>.
    /// </summary>
    /// <param name="labels">The class of each sample, from 0.</param>
    /// <param name="classes">The number of classes; those that occur by default.</param>
    /// <exception cref="ArgumentException">There is no sample, or a label is not one of the classes.</exception>
    public static double[] Balanced(IReadOnlyList<long> labels, int? classes = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count == 0)
            throw new ArgumentException("There is no sample.", nameof(labels));
        var counts = new long[classes ?? checked((int)labels.Max() + 1)];
        foreach (var label in labels)
        {
            if (label < 0 || label >= counts.Length)
                throw new ArgumentException($"The label {label} is not one of the {counts.Length} classes, from 0.", nameof(labels));
            counts[label]++;
        }
        var present = counts.Count(count => count > 0);
        return [.. counts.Select(count => count == 0 ? 0 : labels.Count / ((double)present * count))];
    }

    /// <summary>Returns the balanced weight of each class of a data set; see <see cref="Balanced(IReadOnlyList{long}, int?)"/>.</summary>
    /// <param name="dataset">The images.</param>
    public static double[] Balanced(ImageDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return Balanced(dataset.Classes(), dataset.ClassNames.Count);
    }

    /// <summary>
    /// Returns the weight of each sample's class, for a sampler that draws all classes equally often:
    /// <c>torch.utils.data.WeightedRandomSampler(ClassWeights.OfSamples(labels), num_samples: labels.Count)</c>.
    /// </summary>
    /// <param name="labels">The class of each sample, from 0.</param>
    public static double[] OfSamples(IReadOnlyList<long> labels)
    {
        var weights = Balanced(labels);
        return [.. labels.Select(label => weights[label])];
    }

    /// <summary>Returns the weight of each image's class; see <see cref="OfSamples(IReadOnlyList{long})"/>.</summary>
    /// <param name="dataset">The images.</param>
    public static double[] OfSamples(ImageDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return OfSamples(dataset.Classes());
    }
}
