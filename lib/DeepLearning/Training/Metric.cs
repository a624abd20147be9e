using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>Something that is measured for every sample and averaged over them.</summary>
/// <param name="Name">What tables and charts call it: "accuracy".</param>
/// <param name="Sum">The sum over a batch's samples, a tensor of one number, from the outputs [N, …] and the targets [N, …].</param>
/// <param name="IsBetterHigh">Whether more is better, as with accuracy, or less, as with an error.</param>
public sealed record Metric(string Name, Func<Tensor, Tensor, Tensor> Sum, bool IsBetterHigh = true)
{
    /// <summary>The share of samples whose class gets the highest score. Outputs [N, classes], targets Int64 [N].</summary>
    public static Metric Accuracy { get; } = new("accuracy", (outputs, targets) => outputs.argmax(1).eq(targets).sum());

    /// <summary>The share of samples on the right side of a threshold. Outputs and targets [N] or [N, 1]; targets 0 or 1.</summary>
    /// <param name="threshold">0.5 for probabilities, 0 for logits.</param>
    public static Metric BinaryAccuracy(double threshold = 0.5) =>
        new("accuracy", (outputs, targets) => outputs.gt(threshold).eq(targets.gt(0.5)).sum());

    /// <summary>The share of samples whose class is among the <paramref name="k"/> with the highest scores.</summary>
    public static Metric TopAccuracy(int k) =>
        new($"top-{k} accuracy", (outputs, targets) => outputs.topk(k, 1).indexes.eq(targets.unsqueeze(1)).sum());

    /// <summary>The mean distance between output and target; over all numbers of a sample.</summary>
    public static Metric MeanAbsoluteError { get; } = new(
        "mean absolute error", (outputs, targets) => (outputs - targets).abs().flatten(1).mean([1]).sum(), IsBetterHigh: false);
}
