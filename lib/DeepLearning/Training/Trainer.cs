using DeepLearning.Data;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>Trains models. Options and callbacks configure everything outside of the training loop.</summary>
/// <remarks>Tutorials 000 (training), 003 (custom training) and 004 (the training loop).</remarks>
public static class Trainer
{
    /// <summary>
    /// Trains a model and validates it. After the last epoch, a stop or a cancellation, the model has the weights of the last step.
    /// </summary>
    /// <remarks>
    /// If the model is in training mode, its submodules in evaluation mode, such as frozen batch norms, stay in evaluation mode. If the model is in
    /// evaluation mode, it is set to training mode, except for submodules whose parameters are all frozen. If torch.distributed is initialized, all
    /// processes must call this method with the same model, data and options, and train together (DistributedDataParallel): each process trains on
    /// its share of the batches, all get the mean of the gradients and the total scores, and only the first shows progress and writes files. Batches
    /// at the end of an epoch that cannot be distributed evenly are skipped.
    /// </remarks>
    /// <param name="model">The model, which is moved to the device of the options.</param>
    /// <param name="train">The training data.</param>
    /// <param name="validation">The validation data, for model selection (early stopping, the best checkpoint); null for no validation.</param>
    /// <param name="options">The options; the defaults are for classification.</param>
    /// <param name="cancellation">
    /// A token that ends training after the current batch, like <see cref="FitState.Stop"/>; see <see cref="FitResult.IsCanceled"/>.
    /// </param>
    /// <exception cref="TrainingDivergedException">The loss has become infinite or NaN.</exception>
    /// <exception cref="ArgumentException">
    /// An option is null or out of range, there are no batches for training or validation, there are no trainable parameters, a trainable parameter is
    /// infinite or NaN, another parameter or a buffer is NaN, the optimizer has the parameters of another model, the scheduler belongs to another
    /// optimizer, or the shapes or types of a batch are invalid for the model, the loss, a metric or a normalization layer. The values are checked
    /// after <see cref="Callbacks.Callback.BeforeFit"/>, where a checkpoint is loaded.
    /// </exception>
    /// <exception cref="NotSupportedException">The optimizer is LBFGS, which needs the loss several times in each step.</exception>
    /// <exception cref="ObjectDisposedException">The tensors of the data were disposed of.</exception>
    public static FitResult Fit(
        nn.Module<Tensor, Tensor> model, IBatches train, IBatches? validation = null, TrainerOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(train);
        options ??= new TrainerOptions();
        options.Check();
        ModelChecks.Require(model);
        RequireBatches(train, "train on", nameof(train));
        if (validation is not null)
            RequireBatches(validation, "validate on", nameof(validation));
        using var fit = new FitState(model, train, validation, options, cancellation);
        ModelChecks.RequireOptimizer(fit.Scheduler, fit.Optimizer);
        try
        {
            fit.Notify(callback => callback.BeforeFit(fit));
            if (fit.EpochsDone < options.Epochs)
                ModelChecks.RequireFinite(model);
            fit.StopIfCanceled();
            while (fit.EpochsDone < options.Epochs && !fit.MustStop())
                TrainEpoch(fit);
            fit.Notify(callback => callback.AfterFit(fit));
        }
        catch (Exception error)
        {
            fit.Callbacks.NotifyException(fit, error);
            throw;
        }
        finally
        {
            fit.Callbacks.TearDown(fit);
        }
        return new FitResult(fit.History, fit.Step, fit.StopReason, fit.IsCanceled);
    }

    private static void RequireBatches(IBatches batches, string purpose, string parameter)
    {
        if (batches.Count == 0)
        {
            throw new ArgumentException(
                $"There is no batch to {purpose}: there are no samples, or fewer than the batch size, and dropLast drops them.", parameter);
        }
    }

    private static void TrainEpoch(FitState fit)
    {
        var started = fit.Options.Time.GetTimestamp();
        fit.KeepTrainingMode();
        fit.Notify(callback => callback.BeforeEpoch(fit));
        foreach (var (inputs, targets) in fit.Random.Batches(fit))
        {
            using (NewDisposeScope())
            {
                (fit.Inputs, fit.Targets) = (fit.Placement.Inputs(inputs), fit.Placement.Targets(targets));
                fit.Notify(callback => callback.BeforeBatch(fit));
                TrainBatch(fit, fit.Inputs, fit.Targets);
                fit.Notify(callback => callback.AfterBatch(fit));
            }
            if (fit.Options.ValidateEverySteps is { } steps && fit.Step % steps == 0)
                Validate(fit);
            fit.StopIfCanceled();
            if (fit.MustStop() && fit.Batch < fit.BatchesPerEpoch)
                break;
        }
        fit.Losses.Read();
        if (fit.Batch == fit.BatchesPerEpoch)
            EndEpoch(fit, started);
    }

    private static void TrainBatch(FitState fit, Tensor inputs, Tensor targets)
    {
        var (place, size) = Accumulation(fit);
        Tensor outputs, loss;
        using (place < size ? fit.Replicas.NoSync() : null)
            (outputs, loss) = BatchPass.Run(fit, inputs, targets, size);
        fit.Totals.Add(loss, outputs, targets);
        if (place == size)
            ChangeWeights(fit);
        fit.Batch++;
        fit.Step++;
        fit.RecordLoss(loss);
    }

    private static void ChangeWeights(FitState fit)
    {
        var options = fit.Options;
        options.Precision.Unscale(fit.Optimizer);
        if (options.GradientClipNorm is { } norm)
            nn.utils.clip_grad_norm_(fit.Model.parameters(), norm);
        if (options.GradientClipValue is { } value)
            nn.utils.clip_grad_value_(fit.Model.parameters(), value);
        fit.Notify(callback => callback.BeforeStep(fit));
        fit.StepLearningRate = fit.LearningRate;
        options.Precision.Update(fit.Optimizer);
        ClearGradients(fit.Optimizer);
        if (options.SchedulerInterval == SchedulerInterval.Step)
            fit.Scheduler?.step();
        fit.Notify(callback => callback.AfterStep(fit));
    }

    // sets gradients to null as PyTorch's zero_grad does; TorchSharp's fills them with zeros, which is slower and lets weight decay change unused
    // weights
    private static void ClearGradients(optim.Optimizer optimizer)
    {
        foreach (var parameter in optimizer.parameters())
            parameter.grad = null;
    }

    /// <summary>
    /// Returns the index of a batch within its group of accumulated batches, and the size of the group, which may be smaller at the end of an epoch.
    /// </summary>
    private static (int Place, int Size) Accumulation(FitState fit)
    {
        var group = fit.Options.AccumulateGradientBatches;
        var first = fit.Batch - (fit.Batch % group);
        return (fit.Batch - first + 1, Math.Min(group, fit.BatchesPerEpoch - first));
    }

    private static void EndEpoch(FitState fit, long started)
    {
        var training = fit.Totals.Read(fit.Replicas);
        if (!IsValidated(fit))
            Validate(fit);
        var validation = IsValidated(fit) ? fit.Validation : null;
        if (fit.Options.SchedulerInterval == SchedulerInterval.Epoch)
            fit.Scheduler?.step((validation ?? training)[fit.Options.SchedulerMonitor]);
        fit.EpochsDone++;
        fit.Batch = 0;
        fit.Totals.Clear();
        fit.History.Add(new EpochRecord(
            fit.EpochsDone, fit.Step, training, validation, fit.StepLearningRate, fit.Options.Time.GetElapsedTime(started)));
        fit.Notify(callback => callback.AfterEpoch(fit));
    }

    private static bool IsValidated(FitState fit) => fit.History.Validations is [.., var last] && last.Step == fit.Step;

    private static void Validate(FitState fit)
    {
        if (fit.ValidationData is null)
            return;
        fit.Notify(callback => callback.BeforeValidation(fit));
        try
        {
            fit.Validation = Evaluator.Measure(fit);
        }
        catch (OperationCanceledException) when (fit.Cancellation.IsCancellationRequested)
        {
            fit.StopIfCanceled();
            return;
        }
        fit.History.Add(new ValidationRecord(fit.Step, fit.Validation));
        fit.Notify(callback => callback.AfterValidation(fit));
    }
}
