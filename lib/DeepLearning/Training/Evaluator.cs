using DeepLearning.Data;
using DeepLearning.Models;
using TorchSharp.Extras.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>Measures a model on data that it was not trained on.</summary>
public static class Evaluator
{
    /// <summary>
    /// Computes the scores in one pass in evaluation mode, without gradients. Afterwards, the method restores the mode of every submodule.
    /// </summary>
    /// <param name="model">The model. Batches are moved to its device.</param>
    /// <param name="batches">The data.</param>
    /// <param name="options">The loss, the metrics, the precision and <see cref="TrainerOptions.LimitValidationBatches"/>; the defaults are for classification.</param>
    /// <param name="cancellation">Ends the pass after the current batch.</param>
    /// <exception cref="InvalidOperationException">There are no batches.</exception>
    /// <exception cref="OperationCanceledException">The pass was canceled.</exception>
    /// <exception cref="ArgumentException">The shapes or types of a batch are invalid for the model, a metric or the loss.</exception>
    public static Scores Measure(
        nn.Module<Tensor, Tensor> model, IBatches batches, TrainerOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(batches);
        options ??= new TrainerOptions();
        options.Check();
        return Measure(model, batches, options, totals => totals.Read(), cancellation);
    }

    /// <summary>Computes the scores of the validation data. Each process measures its share, and all processes get the total scores.</summary>
    internal static Scores Measure(FitState fit)
    {
        foreach (var buffer in fit.Replicas.AreSeveral ? fit.Model.buffers() : [])
            fit.Replicas.Broadcast(buffer);
        // a canceled process must not leave the others waiting for its sums
        var cancellation = fit.Replicas.AreSeveral ? CancellationToken.None : fit.Cancellation;
        return Measure(fit.Model, fit.Replicas.Shard(fit.ValidationData!, even: false), fit.Options, totals => totals.Read(fit.Replicas), cancellation);
    }

    private static Scores Measure(
        nn.Module<Tensor, Tensor> model, IBatches batches, TrainerOptions options, Func<ScoreTotals, Scores> read, CancellationToken cancellation)
    {
        var placement = new DevicePlacement(DevicePlacement.Of(model), options.ChannelsLast);
        var loss = new CheckedLoss(options.Loss);
        using var evaluation = ModuleModes.Evaluation(model);
        using var untracked = no_grad();
        using var totals = new ScoreTotals(options.Metrics, placement.Device);
        foreach (var (inputs, targets) in Batches.Take(batches, skip: 0, most: options.LimitValidationBatches ?? int.MaxValue))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var precision = options.Precision.Enter(placement.Device);
            var expected = placement.Targets(targets);
            var outputs = ModelCall.Run(model, placement.Inputs(inputs));
            totals.Add(loss.Compute(outputs, expected), outputs, expected);
        }
        return read(totals);
    }
}
