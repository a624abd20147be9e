using DeepLearning.Data;
using static TorchSharp.torch;

namespace DeepLearning.Metrics;

/// <summary>What a classifier makes of a data set, sample by sample, in the order of its batches.</summary>
public sealed class Predictions
{
    private readonly float[] _probabilities;

    private Predictions(long[] labels, long[] classes, float[] probabilities, float[] losses) =>
        (Labels, Classes, _probabilities, Losses) = (labels, classes, probabilities, losses);

    /// <summary>The true class of each sample.</summary>
    public IReadOnlyList<long> Labels { get; }

    /// <summary>The class with the highest probability, for each sample.</summary>
    public IReadOnlyList<long> Classes { get; }

    /// <summary>The cross-entropy of each sample: how surprised the network is by the truth.</summary>
    public IReadOnlyList<float> Losses { get; }

    /// <summary>How many classes there are.</summary>
    public int ClassCount => _probabilities.Length / Labels.Count;

    /// <summary>Predicts in evaluation mode, without gradients; the network's mode is restored.</summary>
    /// <param name="model">Gives scores [N, classes], not probabilities.</param>
    /// <param name="batches">The data, not shuffled if samples are to be found again; one pass over it is made.</param>
    /// <exception cref="ArgumentException">There is no batch.</exception>
    public static Predictions Of(nn.Module<Tensor, Tensor> model, IBatches batches)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(batches);
        if (batches.Count == 0)
            throw new ArgumentException("There is no batch to predict.", nameof(batches));
        var device = model.parameters().Select(parameter => parameter.device).FirstOrDefault(CPU);
        var wasTraining = model.training;
        model.eval();
        try
        {
            using var untracked = no_grad();
            List<long> labels = [], classes = [];
            List<float> probabilities = [], losses = [];
            foreach (var (inputs, targets) in Batches.Take(batches, skip: 0, most: int.MaxValue))
            {
                using var scope = NewDisposeScope();
                var scores = nn.functional.log_softmax(model.call(inputs.to(device)), 1).cpu();
                labels.AddRange(targets.cpu().data<long>().ToArray());
                classes.AddRange(scores.argmax(1).data<long>().ToArray());
                probabilities.AddRange(scores.exp().to(ScalarType.Float32).data<float>().ToArray());
                var surprise = -scores.gather(1, targets.cpu().unsqueeze(1)).squeeze(1);
                losses.AddRange(surprise.to(ScalarType.Float32).contiguous().data<float>().ToArray());
            }
            return new Predictions([.. labels], [.. classes], [.. probabilities], [.. losses]);
        }
        finally
        {
            model.train(wasTraining);
        }
    }

    /// <summary>The probabilities of a sample's classes, which add up to 1.</summary>
    /// <param name="sample">Which sample, from 0.</param>
    public ReadOnlySpan<float> Probabilities(int sample) => _probabilities.AsSpan(sample * ClassCount, ClassCount);

    /// <summary>The samples with the highest loss, the highest first: where to look for wrong labels and for what the network has not learned.</summary>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<int> TopLosses(int count = 9) =>
        [.. Enumerable.Range(0, Losses.Count).OrderByDescending(sample => Losses[sample]).Take(count)];

    /// <summary>The share of samples whose class is among the <paramref name="k"/> most probable, 0 to 1.</summary>
    public double TopAccuracy(int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        var hits = 0;
        for (var sample = 0; sample < Labels.Count; sample++)
        {
            var probabilities = Probabilities(sample);
            var right = probabilities[(int)Labels[sample]];
            var above = 0;
            foreach (var probability in probabilities)
                above += probability > right ? 1 : 0;
            hits += above < k ? 1 : 0;
        }
        return (double)hits / Labels.Count;
    }

    /// <summary>How often samples of each class were taken for each class.</summary>
    public ConfusionMatrix ConfusionMatrix(IReadOnlyList<string> classNames) => Metrics.ConfusionMatrix.Of(Labels, Classes, classNames);

    /// <summary>Precision, recall and F1 of each class.</summary>
    public ClassificationReport Report(IReadOnlyList<string> classNames) => ClassificationReport.Of(Labels, Classes, classNames);
}
