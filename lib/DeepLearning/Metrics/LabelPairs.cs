namespace DeepLearning.Metrics;

/// <summary>Checks the labels and predictions of samples.</summary>
internal static class LabelPairs
{
    public static void Check(IReadOnlyList<long> labels, IReadOnlyList<long> predictions)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(predictions);
        if (labels.Count != predictions.Count)
            throw new ArgumentException($"There are {labels.Count} labels but {predictions.Count} predictions: each sample needs one of each.", nameof(predictions));
        if (labels.Count == 0)
            throw new ArgumentException("There are no samples to measure.", nameof(labels));
    }
}
