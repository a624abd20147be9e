namespace DeepLearning.Metrics;

/// <summary>Checks labels and predictions of the same samples.</summary>
internal static class LabelPairs
{
    public static void Check(IReadOnlyList<long> labels, IReadOnlyList<long> predictions)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(predictions);
        if (labels.Count != predictions.Count)
            throw new ArgumentException($"There are {labels.Count} labels and {predictions.Count} predictions; each sample has one of both.", nameof(predictions));
        if (labels.Count == 0)
            throw new ArgumentException("There is no sample to measure.", nameof(labels));
    }
}
