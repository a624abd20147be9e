using DeepLearning.Data;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>Trains models. Everything but the loop itself is an option or a callback.</summary>
/// <remarks>Tutorials 000 (training), 003 (custom training) and 004 (the training loop).</remarks>
public static class Trainer
{
    /// <summary>
    /// Trains a model in training mode and validates it. After the last epoch, a stop or a cancellation the model has the weights of the last step.
    /// </summary>
    /// <remarks>
    /// Where torch.distributed is initialised, all its processes call this with the same network, data and options, and train together
    /// (DistributedDataParallel): each takes its share of the batches, all get the mean of the gradients and the scores of all, and the first
    /// alone shows and writes. What is left of an epoch when the batches do not go into the processes is left out.
    /// </remarks>
    /// <param name="model">The model; it is moved to the device of the options.</param>
    /// <param name="train">The training data.</param>
    /// <param name="validation">The validation data; null validates nothing.</param>
    /// <param name="options">The options; the defaults are for classification.</param>
    /// <param name="cancellation">Ends training after the current batch, as <see cref="FitState.Stop"/> does; the result says so.</param>
    /// <exception cref="TrainingDivergedException">The loss has become infinite or NaN.</exception>
    /// <exception cref="ArgumentException">An option makes no sense, or there is no batch.</exception>
    public static FitResult Fit(
        nn.Module<Tensor, Tensor> model, IBatches train, IBatches? validation = null, TrainerOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(train);
        options ??= new TrainerOptions();
        options.Check();
        if (train.Count == 0)
            throw new ArgumentException("There is no batch to train on.", nameof(train));
        using var fit = new FitState(model, train, validation, options, cancellation);
        try
        {
            fit.Tell(callback => callback.BeforeFit(fit));
            while (fit.EpochsDone < options.Epochs && !fit.MustStop())
                TrainEpoch(fit);
        }
        finally
        {
            fit.Tell(callback => callback.AfterFit(fit));
        }
        return new FitResult(fit.History, fit.Step, fit.StopReason, fit.IsCancelled);
    }

    private static void TrainEpoch(FitState fit)
    {
        var started = fit.Options.Time.GetTimestamp();
        fit.Model.train();
        fit.Tell(callback => callback.BeforeEpoch(fit));
        foreach (var (inputs, targets) in EpochRandomness.Batches(fit))
        {
            using (NewDisposeScope())
            {
                (fit.Inputs, fit.Targets) = (fit.Options.Place(inputs, fit.Device), targets.to(fit.Device));
                fit.Tell(callback => callback.BeforeBatch(fit));
                TrainBatch(fit, fit.Inputs, fit.Targets);
                fit.Tell(callback => callback.AfterBatch(fit));
            }
            if (fit.Options.ValidateEverySteps is { } steps && fit.Step % steps == 0)
                Validate(fit);
            fit.StopIfCancelled();
            if (fit.MustStop() && fit.Batch < fit.BatchesPerEpoch)
                break;
        }
        fit.ReadLosses();
        if (fit.Batch == fit.BatchesPerEpoch)
            EndEpoch(fit, started);
    }

    private static void TrainBatch(FitState fit, Tensor inputs, Tensor targets)
    {
        var (place, size) = Accumulation(fit);
        Tensor outputs, loss;
        using (place < size ? fit.Replicas.Apart() : null)
            (outputs, loss) = BatchPass.Run(fit, inputs, targets, size);
        fit.Totals.Add(loss, outputs, targets);
        if (place == size)
            ChangeWeights(fit);
        fit.Batch++;
        fit.Step++;
        fit.Note(loss);
    }

    private static void ChangeWeights(FitState fit)
    {
        var options = fit.Options;
        options.Precision.Unscale(fit.Optimizer);
        if (options.ClipGradientNorm is { } norm)
            nn.utils.clip_grad_norm_(fit.Model.parameters(), norm);
        if (options.ClipGradientValue is { } value)
            nn.utils.clip_grad_value_(fit.Model.parameters(), value);
        fit.Tell(callback => callback.BeforeStep(fit));
        options.Precision.Update(fit.Optimizer);
        ClearGradients(fit.Optimizer);
        if (options.SchedulerStep == Every.Step)
            fit.Scheduler?.step();
    }

    // as PyTorch's zero_grad does: TorchSharp's fills them with zeros, which costs time and lets weight decay change weights without a gradient
    private static void ClearGradients(optim.Optimizer optimizer)
    {
        foreach (var parameter in optimizer.parameters())
            parameter.grad = null;
    }

    /// <summary>Gets the place of a batch among those that change the weights together, and their number: fewer at the end of an epoch.</summary>
    private static (int Place, int Size) Accumulation(FitState fit)
    {
        var group = fit.Options.AccumulateBatches;
        var first = fit.Batch - (fit.Batch % group);
        return (fit.Batch - first + 1, Math.Min(group, fit.BatchesPerEpoch - first));
    }

    private static void EndEpoch(FitState fit, long started)
    {
        var (training, rate) = (fit.Totals.Read(fit.Replicas), fit.LearningRate);
        if (!IsValidated(fit))
            Validate(fit);
        var validation = IsValidated(fit) ? fit.Validation : null;
        if (fit.Options.SchedulerStep == Every.Epoch)
            fit.Scheduler?.step((validation ?? training)[fit.Options.SchedulerScore]);
        fit.EpochsDone++;
        fit.Batch = 0;
        fit.Totals.Clear();
        fit.History.Add(new EpochRecord(
            fit.EpochsDone, fit.Step, training, validation, rate, fit.Options.Time.GetElapsedTime(started)));
        fit.Tell(callback => callback.AfterEpoch(fit));
    }

    private static bool IsValidated(FitState fit) => fit.History.Validations is [.., var last] && last.Step == fit.Step;

    private static void Validate(FitState fit)
    {
        if (fit.ValidationData is null)
            return;
        fit.Tell(callback => callback.BeforeValidation(fit));
        try
        {
            fit.Validation = Evaluator.Measure(fit);
        }
        catch (OperationCanceledException) when (fit.Cancellation.IsCancellationRequested)
        {
            fit.StopIfCancelled();
            return;
        }
        fit.History.Add(new ValidationRecord(fit.Step, fit.Validation));
        fit.Tell(callback => callback.AfterValidation(fit));
    }
}
