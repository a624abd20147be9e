using TorchSharp;
using TorchSharp.Extras.Modules;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Training.Callbacks;

/// <summary>
/// Stochastic weight averaging (SWA): the final model has the mean of the weights after each of the last epochs, which often generalizes better
/// because it is in a flatter region of the loss. One pass over the training data recomputes the statistics of batch norms for the mean.
/// </summary>
/// <remarks>
/// Izmailov et al., 2018, <see href="https://arxiv.org/abs/1803.05407">Averaging weights leads to wider optima</see>; Lightning's
/// StochasticWeightAveraging. Validation uses the trained weights; use <see cref="Evaluator"/> to measure the averaged model. If
/// training ends before the start epoch, the model has the trained weights.
/// </remarks>
/// <param name="startEpoch">The first epoch whose weights are averaged, from 1.</param>
/// <param name="learningRate">
/// The constant learning rate from the next epoch on, which overrides the scheduler's; null keeps the learning rate.
/// </param>
#pragma warning disable CA1001 // the trainer calls TearDown, which frees the averages
public sealed class StochasticWeightAveraging(int startEpoch, double? learningRate = null) : Callback
#pragma warning restore CA1001
{
    private readonly WeightAverage _average = new();
    private long _models;

    /// <summary>Gets an early position, so that other callbacks see the averaged weights at the end.</summary>
    public override int Order => -1000;

    /// <inheritdoc/>
    public override void BeforeFit(FitState fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(startEpoch);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(learningRate ?? 1, nameof(learningRate));
        _models = 0;
        _average.Start(fit.Model);
    }

    /// <inheritdoc/>
    public override void BeforeStep(FitState fit)
    {
        if (learningRate is not { } rate || fit.EpochsDone < startEpoch)
            return;
        foreach (var group in fit.Optimizer.ParamGroups)
            group.LearningRate = rate;
    }

    /// <inheritdoc/>
    public override void AfterEpoch(FitState fit)
    {
        if (fit.EpochsDone >= startEpoch)
            _average.Add(fit.Model, 1.0 / ++_models);
    }

    /// <inheritdoc/>
    public override void AfterFit(FitState fit)
    {
        if (_models == 0)
            return;
        _average.Swap(fit.Model);
        UpdateBatchNorms(fit);
    }

    /// <inheritdoc/>
    public override void TearDown(FitState fit) => _average.Dispose();

    /// <inheritdoc/>
    public override object? SaveState() => new Dictionary<string, object?> { ["models"] = _models, ["average"] = _average.Save() };

    /// <inheritdoc/>
    public override void LoadState(object? state)
    {
        var saved = (Dictionary<object, object?>)state!;
        _models = (long)saved["models"]!;
        _average.Load(saved["average"]);
    }

    /// <summary>
    /// Recomputes the running statistics of the batch norms in training mode as means over an epoch, as torch.optim.swa_utils.update_bn does.
    /// </summary>
    private static void UpdateBatchNorms(FitState fit)
    {
        var norms = fit.Model.modules().OfType<BatchNorm>().Where(norm => norm.training && norm.track_running_stats).ToList();
        if (norms.Count == 0)
            return;
        using var untracked = no_grad();
        var momenta = norms.ConvertAll(norm => norm.momentum);
        using Scalar zero = 0; // kept alive during the calls, because TorchSharp does not keep them alive
        using Scalar one = 1;
        foreach (var norm in norms)
        {
            norm.running_mean!.fill_(zero);
            norm.running_var!.fill_(one);
            norm.num_batches_tracked!.fill_(zero);
        }
        using var modes = ModuleModes.Evaluation(fit.Model);
        norms.ForEach(norm => norm.train());
        var batches = 0;
        foreach (var (inputs, _) in Data.Batches.Take(fit.Train, skip: 0, most: fit.BatchesPerEpoch))
        {
            using var scope = NewDisposeScope();
            // the mean over all batches so far
            batches++;
            norms.ForEach(norm => norm.momentum = 1.0 / batches);
            fit.Model.call(fit.Placement.Inputs(inputs));
        }
        foreach (var (norm, momentum) in norms.Zip(momenta))
            norm.momentum = momentum;
    }
}
