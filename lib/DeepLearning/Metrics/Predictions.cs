using DeepLearning.Data;
using DeepLearning.Models;
using TorchSharp;
using TorchSharp.Extras.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Metrics;

/// <summary>A classifier's predictions for a data set, sample by sample, in the order of its batches.</summary>
public sealed class Predictions
{
    private const long NoClass = -1;

    private readonly float[] _probabilities;

    private Predictions(long[] labels, long[] classes, float[] probabilities, float[] losses) =>
        (Labels, Classes, _probabilities, Losses) = (labels, classes, probabilities, losses);

    /// <summary>Gets the true class of each sample.</summary>
    public IReadOnlyList<long> Labels { get; }

    /// <summary>Gets the class with the highest probability, for each sample; -1 for a sample whose probabilities are NaN.</summary>
    public IReadOnlyList<long> Classes { get; }

    /// <summary>Gets the cross-entropy of each sample.</summary>
    public IReadOnlyList<float> Losses { get; }

    /// <summary>Gets the number of classes.</summary>
    public int ClassCount => _probabilities.Length / Labels.Count;

    /// <summary>Predicts in evaluation mode, without gradients. Afterwards, the method restores the mode of every submodule.</summary>
    /// <param name="model">A model whose outputs are scores [N, classes], not probabilities.</param>
    /// <param name="batches">The data, in one pass; do not shuffle it if predictions are to be matched with samples.</param>
    /// <exception cref="ArgumentException">There are no batches, or outputs and targets do not have the shapes [N, classes] and [N].</exception>
    public static Predictions Of(nn.Module<Tensor, Tensor> model, IBatches batches)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(batches);
        if (batches.Count == 0)
            throw new ArgumentException("There are no batches to predict.", nameof(batches));
        var device = model.parameters().Select(parameter => parameter.device).FirstOrDefault(CPU);
        using var evaluation = ModuleModes.Evaluation(model);
        using var untracked = no_grad();
        using Scalar noClass = NoClass; // kept alive during the calls, because TorchSharp does not keep it alive
        List<long> labels = [], classes = [];
        List<float> probabilities = [], losses = [];
        foreach (var (inputs, targets) in Batches.Take(batches, skip: 0, most: int.MaxValue))
        {
            using var scope = NewDisposeScope();
            var outputs = ModelCall.Run(model, inputs.to(device));
            if (outputs.ndim != 2 || targets.ndim != 1 || targets.is_floating_point())
                throw Shapes.Unfit("Predictions", "outputs [N, classes] and targets Int64 [N]", outputs, targets);
            Shapes.RequireClasses("Predictions", outputs, targets);
            Targets.RequireClasses("Predictions", targets, outputs.shape[1]);
            var scores = nn.functional.log_softmax(outputs, 1).cpu();
            var actual = targets.to(ScalarType.Int64).cpu();
            labels.AddRange(actual.data<long>().ToArray());
            classes.AddRange(scores.argmax(1).masked_fill(scores.isnan().any(1), noClass).data<long>().ToArray());
            probabilities.AddRange(scores.exp().to(ScalarType.Float32).data<float>().ToArray());
            var surprise = -scores.gather(1, actual.unsqueeze(1)).squeeze(1);
            losses.AddRange(surprise.to(ScalarType.Float32).contiguous().data<float>().ToArray());
        }
        return new Predictions([.. labels], [.. classes], [.. probabilities], [.. losses]);
    }

    /// <summary>Returns the class probabilities of a sample, whose sum is 1.</summary>
    /// <param name="sample">The index of the sample.</param>
    public ReadOnlySpan<float> Probabilities(int sample) => _probabilities.AsSpan(sample * ClassCount, ClassCount);

    /// <summary>
    /// Returns the samples with the highest losses in descending order, NaN first: candidates for wrong labels and for weaknesses of the model.
    /// </summary>
    /// <param name="count">The maximum number of samples.</param>
    public IReadOnlyList<int> TopLosses(int count = 9) =>
        [.. Enumerable.Range(0, Losses.Count).OrderByDescending(sample => float.IsNaN(Losses[sample])).ThenByDescending(sample => Losses[sample]).Take(count)];

    /// <summary>
    /// Returns the fraction of samples whose true class is among the <paramref name="k"/> most probable classes, 0 to 1. For equal probabilities, the
    /// lower class index ranks first, as in <see cref="Classes"/>. A sample whose probabilities are NaN is a
    /// wrong prediction.
    /// </summary>
    /// <param name="k">The number of classes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is not positive, or greater than the number of classes.</exception>
    public double TopAccuracy(int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, ClassCount);
        var hits = 0;
        for (var sample = 0; sample < Labels.Count; sample++)
        {
            var (probabilities, label) = (Probabilities(sample).ToArray(), (int)Labels[sample]);
            if (Classes[sample] == NoClass)
                continue;
            // a class ranks below the true class if it is less probable, or if it is equally probable and its index is higher
            var after = 0;
            for (var other = 0; other < probabilities.Length; other++)
                after += probabilities[other] < probabilities[label] || (probabilities[other] == probabilities[label] && other > label) ? 1 : 0;
            hits += probabilities.Length - after <= k ? 1 : 0;
        }
        return (double)hits / Labels.Count;
    }

    /// <summary>Returns the confusion matrix.</summary>
    /// <param name="classNames">The names of the classes.</param>
    /// <exception cref="InvalidOperationException">The probabilities of a sample are NaN, so it has no predicted class.</exception>
    public ConfusionMatrix ConfusionMatrix(IReadOnlyList<string> classNames)
    {
        RequireClasses();
        return Metrics.ConfusionMatrix.Of(Labels, Classes, classNames);
    }

    /// <summary>Returns precision, recall and F1 of each class.</summary>
    /// <param name="classNames">The names of the classes.</param>
    /// <exception cref="InvalidOperationException">The probabilities of a sample are NaN, so it has no predicted class.</exception>
    public ClassificationReport Report(IReadOnlyList<string> classNames)
    {
        RequireClasses();
        return ClassificationReport.Of(Labels, Classes, classNames);
    }

    private void RequireClasses()
    {
        var undefined = Classes.Count(predicted => predicted == NoClass);
        if (undefined > 0)
        {
            var first = Array.IndexOf([.. Classes], NoClass);
            throw new InvalidOperationException(
                $"The probabilities of {undefined} of {Classes.Count} samples are NaN, first of sample {first}, so these samples have no predicted class: are inputs NaN (MissingValueFiller), "
                + "or has the training diverged?");
        }
    }
}
