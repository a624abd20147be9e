namespace DeepLearning.Data;

/// <summary>Computes sample weights for a weighted sampler, for data with rare classes.</summary>
public static class SampleWeights
{
    /// <summary>
    /// Returns weights with which a sampler draws all classes equally often: samples / (classes · samples of the sample's class). For a loader:
    /// <c>sampler: torch.utils.data.WeightedRandomSampler(SampleWeights.Balanced(train.Classes()), num_samples: train.Count)</c>.
    /// </summary>
    /// <param name="labels">The class of each sample: see <see cref="ImageDataset.Classes"/>, <see cref="TableData.Classes"/>.</param>
    /// <exception cref="ArgumentException">There are no samples.</exception>
    public static double[] Balanced(IReadOnlyCollection<long> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count == 0)
            throw new ArgumentException("There are no samples.", nameof(labels));
        var counts = labels.CountBy(label => label).ToDictionary();
        return [.. labels.Select(label => labels.Count / ((double)counts.Count * counts[label]))];
    }
}
