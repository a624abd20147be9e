using DeepLearning.Metrics;
using DeepLearning.Training.Callbacks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>The options of <see cref="Trainer"/>. The defaults are for classification: cross-entropy, Adam at 0.001, accuracy, one epoch.</summary>
public sealed record TrainerOptions
{
    /// <summary>Gets the number of passes over the training data.</summary>
    /// <value>1.</value>
    public int Epochs { get; init; } = 1;

    /// <summary>
    /// Gets the loss: a function of a batch's outputs and targets that returns a single number, the mean over the samples. <see cref="Losses"/> has
    /// common losses; functions such as <c>nn.functional.mse_loss</c> also work.
    /// </summary>
    /// <value>Cross-entropy.</value>
    public Func<Tensor, Tensor, Tensor> Loss { get; init; } = Losses.CrossEntropy();

    /// <summary>Gets the function that creates the optimizer.</summary>
    /// <remarks>
    /// The trainer replaces TorchSharp's SGD, Adam and AdamW with the fused optimizers of <c>torch.optim.fused</c>, which are faster and take equal
    /// steps up to rounding. <see cref="FitState.Optimizer"/> is the replacement.
    /// </remarks>
    /// <value>Adam with a learning rate of 0.001.</value>
    public Func<IEnumerable<Parameter>, optim.Optimizer> Optimizer { get; init; } = parameters => optim.Adam(parameters, 1e-3);

    /// <summary>Gets the function that creates the learning-rate scheduler; null keeps the learning rate constant.</summary>
    /// <value>null.</value>
    public Func<optim.Optimizer, optim.lr_scheduler.LRScheduler>? Scheduler { get; init; }

    /// <summary>Gets the interval between scheduler steps.</summary>
    /// <value>After each epoch.</value>
    public SchedulerInterval SchedulerInterval { get; init; } = SchedulerInterval.Epoch;

    /// <summary>
    /// Gets the name of the score that a scheduler such as ReduceLROnPlateau monitors: the validation score if there is one, else the training score.
    /// </summary>
    /// <value>The loss.</value>
    public string SchedulerMonitor { get; init; } = Scores.LossName;

    /// <summary>Gets the metrics that training and validation measure in addition to the loss.</summary>
    /// <value>Accuracy.</value>
    public IReadOnlyList<Metric> Metrics { get; init; } = [Metric.Accuracy];

    /// <summary>Gets the device to which the model and the batches are moved.</summary>
    /// <value>
    /// null: the device in the environment variable TORCH_DEVICE (see <see cref="Devices"/>), or without the variable the model's device.
    /// </value>
    public Device? Device { get; init; }

    /// <summary>Gets the precision of the computation.</summary>
    /// <value><see cref="Precision.Full"/>, the model's precision.</value>
    public Precision Precision { get; init; } = Precision.Full;

    /// <summary>
    /// Gets a value that indicates whether images and the weights of convolutions use the channels_last memory format, which is faster on GPUs in 16
    /// bits; on a CPU, measure whether it is. Results differ in their last bits.
    /// </summary>
    /// <value>false.</value>
    public bool ChannelsLast { get; init; }

    /// <summary>Gets the maximum total norm of the gradients; null for no limit.</summary>
    /// <value>null.</value>
    public double? GradientClipNorm { get; init; }

    /// <summary>Gets the maximum absolute value of the elements of gradients; null for no limit.</summary>
    /// <value>null.</value>
    public double? GradientClipValue { get; init; }

    /// <summary>
    /// Gets the number of batches whose gradients are averaged for one step, which has the effect of a larger batch without its memory.
    /// </summary>
    /// <value>1.</value>
    public int AccumulateGradientBatches { get; init; } = 1;

    /// <summary>Gets the number of batches between validations; null validates after each epoch.</summary>
    /// <value>null.</value>
    public int? ValidateEverySteps { get; init; }

    /// <summary>Gets the maximum number of training batches of an epoch; null for all.</summary>
    /// <value>null.</value>
    public int? LimitTrainBatches { get; init; }

    /// <summary>Gets the maximum number of validation batches; null for all.</summary>
    /// <value>null.</value>
    public int? LimitValidationBatches { get; init; }

    /// <summary>Gets the callbacks: progress, checkpoints, early stopping, logs.</summary>
    /// <value>None.</value>
    public IReadOnlyList<Callback> Callbacks { get; init; } = [];

    /// <summary>Gets the clock for durations.</summary>
    /// <value>The system clock.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Returns options for one epoch of one batch, for a quick check of model, data and options.</summary>
    public TrainerOptions FastDevRun() => this with { Epochs = 1, LimitTrainBatches = 1, LimitValidationBatches = 1 };

    /// <summary>Gets the number of step losses that are read together; null for 1 on the CPU and 64 on other devices.</summary>
    internal int? LossesPerRead { get; init; }

    /// <summary>Gets a value that indicates whether this process trains alone even if torch.distributed is initialized.</summary>
    internal bool IsAlone { get; init; }

    /// <exception cref="ArgumentException">An option is null, out of range, or contradicts another option.</exception>
    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(Loss);
        ArgumentNullException.ThrowIfNull(Optimizer);
        ArgumentNullException.ThrowIfNull(Precision);
        ArgumentNullException.ThrowIfNull(Time);
        RequireDistinct(Metrics, nameof(Metrics));
        RequireDistinct(Callbacks, nameof(Callbacks));
        ArgumentOutOfRangeException.ThrowIfNegative(Epochs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(AccumulateGradientBatches);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ValidateEverySteps ?? 1, nameof(ValidateEverySteps));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LimitTrainBatches ?? 1, nameof(LimitTrainBatches));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LimitValidationBatches ?? 1, nameof(LimitValidationBatches));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(GradientClipNorm ?? 1, nameof(GradientClipNorm));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(GradientClipValue ?? 1, nameof(GradientClipValue));
        ScoreNames.Check([.. Metrics.Select(metric => metric.Name)]);
        if (Scheduler is not null && SchedulerInterval == SchedulerInterval.Epoch && SchedulerMonitor != Scores.LossName && Metrics.All(metric => metric.Name != SchedulerMonitor))
        {
            throw new ArgumentException(
                $"TrainerOptions.SchedulerMonitor is '{SchedulerMonitor}', which the training does not measure; it measures "
                + $"{string.Join(", ", Metrics.Select(metric => metric.Name).Prepend(Scores.LossName))}. Add the metric to TrainerOptions.Metrics.");
        }
    }

    // a callback that is called twice for each event would count twice
    private static void RequireDistinct<T>(IReadOnlyList<T> list, string name)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(list, name);
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is null)
                throw new ArgumentException($"TrainerOptions.{name} has null at the index {i}.");
            if (list.Take(i).Contains(list[i], ReferenceEqualityComparer.Instance))
                throw new ArgumentException($"TrainerOptions.{name} has the same {list[i].GetType().Name} twice: add it once, or create a second object.");
        }
    }
}

/// <summary>The interval between scheduler steps.</summary>
public enum SchedulerInterval
{
    /// <summary>A scheduler step after each change of the weights.</summary>
    Step,

    /// <summary>A scheduler step after each epoch.</summary>
    Epoch,
}
