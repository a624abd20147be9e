using DeepLearning.Data;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>Measures how good a network is on data that it does not learn from.</summary>
public static class Evaluator
{
    /// <summary>One pass in evaluation mode, without gradients; the network's mode is restored.</summary>
    /// <param name="model">The network; batches are moved to where it is.</param>
    /// <param name="batches">The data.</param>
    /// <param name="options">Loss, metrics, precision and the most batches; the defaults classify.</param>
    /// <param name="cancellation">Ends it after the current batch.</param>
    /// <exception cref="InvalidOperationException">There is no batch.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Scores Measure(
        nn.Module<Tensor, Tensor> model, IBatches batches, TrainerOptions? options = null, CancellationToken cancellation = default) =>
        Measure(model, batches, options ?? new TrainerOptions(), totals => totals.Read(), cancellation);

    /// <summary>The same, each process that trains with it measuring its share: all come to the scores of all.</summary>
    internal static Scores Measure(FitState fit)
    {
        foreach (var buffer in fit.Replicas.AreSeveral ? fit.Model.buffers() : [])
            fit.Replicas.OfFirst(buffer);
        // one process that is cancelled must not leave the others waiting for its sums
        var cancellation = fit.Replicas.AreSeveral ? CancellationToken.None : fit.Cancellation;
        return Measure(fit.Model, fit.Replicas.ShareAll(fit.ValidationData!), fit.Options, totals => totals.Read(fit.Replicas), cancellation);
    }

    private static Scores Measure(
        nn.Module<Tensor, Tensor> model, IBatches batches, TrainerOptions options, Func<ScoreTotals, Scores> read, CancellationToken cancellation)
    {
        var device = model.parameters().Select(parameter => parameter.device).FirstOrDefault(CPU);
        var wasTraining = model.training;
        model.eval();
        try
        {
            using var untracked = no_grad();
            using var totals = new ScoreTotals(options.Metrics, device);
            foreach (var (inputs, targets) in Batches.Take(batches, skip: 0, most: options.MostBatches ?? int.MaxValue))
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                using var precision = options.Precision.Enter(device);
                var wanted = targets.to(device);
                var outputs = model.call(options.Place(inputs, device));
                totals.Add(options.Loss(outputs, wanted), outputs, wanted);
            }
            return read(totals);
        }
        finally
        {
            model.train(wasTraining);
        }
    }
}
