using static TorchSharp.torch;

namespace DeepLearning.Metrics;

/// <summary>Checks the shapes of outputs and targets, because broadcasting would silently compute other values.</summary>
internal static class Shapes
{
    /// <summary>Returns the difference of outputs and targets of the same shape.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Tensor Same(string what, Tensor outputs, Tensor targets)
    {
        RequireSame(what, outputs, targets);
        return outputs - (targets.dtype == ScalarType.Bool ? targets.to(outputs.dtype) : targets);
    }

    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static void RequireSame(string what, Tensor outputs, Tensor targets)
    {
        if (!outputs.shape.AsSpan().SequenceEqual(targets.shape))
            throw Unfit(what, "outputs and targets of the same shape", outputs, targets);
    }

    /// <exception cref="ArgumentException">The outputs are not [N, classes, …], or the targets not [N, …].</exception>
    public static void RequireClasses(string what, Tensor outputs, Tensor targets)
    {
        var (scores, classes) = (outputs.shape, targets.shape);
        if (scores.Length < 2 || scores.Length != classes.Length + 1 || scores[0] != classes[0] || !scores.AsSpan(2).SequenceEqual(classes.AsSpan(1)))
            throw Unfit(what, "outputs [N, classes] and targets [N]", outputs, targets, Advice(scores, classes));
        if (scores[1] == 1)
            throw Unfit(what, "outputs [N, classes] with a score for each of at least two classes (use Metric.BinaryAccuracy for a single output)", outputs, targets);
    }

    public static ArgumentException Unfit(string what, string expected, Tensor outputs, Tensor targets, string advice = "") =>
        new($"{what} takes {expected}; the outputs are {Text(outputs)} and the targets {Text(targets)}.{advice}");

    private static string Advice(long[] scores, long[] classes) =>
        scores.Length == 2 && classes.AsSpan().SequenceEqual([scores[0], 1]) && scores[1] > 1 ? " Remove the dimension of size 1 with .squeeze(1)."
        : scores.AsSpan().SequenceEqual(classes) && scores.Length > 1 && scores[1] > 1
            ? " Convert one-hot targets to class numbers with .argmax(1); for several labels of a sample, use Losses.BinaryCrossEntropy() and Metric.BinaryAccuracy()."
        : scores.AsSpan().SequenceEqual(classes) ? " For a single output, use Losses.BinaryCrossEntropy() with Metric.BinaryAccuracy(), or Losses.MeanSquaredError() with Metric.R2."
        : "";

    /// <summary>Returns the shape of a tensor as text, such as "[8, 2]".</summary>
    public static string Text(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";
}
