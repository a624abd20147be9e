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
    /// Gets the loss: a function of a batch's outputs and targets that returns one number, the mean over the samples. <see cref="Losses"/> has the
    /// usual ones; a function such as <c>nn.functional.mse_loss</c> fits too.
    /// </summary>
    /// <value>Cross-entropy.</value>
    public Func<Tensor, Tensor, Tensor> Loss { get; init; } = Losses.CrossEntropy();

    /// <summary>Gets the function that makes the optimizer.</summary>
    /// <remarks>
    /// The trainer replaces TorchSharp's SGD, Adam and AdamW by the fused optimizers of <c>torch.optim.fused</c>, which take the same steps to
    /// rounding, in less time. <see cref="FitState.Optimizer"/> is the one that trains.
    /// </remarks>
    /// <value>Adam with a learning rate of 0.001.</value>
    public Func<IEnumerable<Parameter>, optim.Optimizer> Optimizer { get; init; } = parameters => optim.Adam(parameters, 1e-3);

    /// <summary>Gets the function that makes the learning-rate scheduler; null keeps the learning rate.</summary>
    /// <value>null.</value>
    public Func<optim.Optimizer, optim.lr_scheduler.LRScheduler>? Scheduler { get; init; }

    /// <summary>Gets how often the scheduler takes a step.</summary>
    /// <value>After each epoch.</value>
    public SchedulerInterval SchedulerInterval { get; init; } = SchedulerInterval.Epoch;

    /// <summary>
    /// Gets the name of the score that a scheduler such as ReduceLROnPlateau monitors: the validation's where there is one, else the training's.
    /// </summary>
    /// <value>The loss.</value>
    public string SchedulerMonitor { get; init; } = Scores.LossName;

    /// <summary>Gets the metrics that are measured beside the loss, in training and in validation.</summary>
    /// <value>Accuracy.</value>
    public IReadOnlyList<Metric> Metrics { get; init; } = [Metric.Accuracy];

    /// <summary>Gets the device; the model and the batches are moved there.</summary>
    /// <value>null: the device that the environment variable TORCH_DEVICE names (see <see cref="Devices"/>); without the variable, the model's.</value>
    public Device? Device { get; init; }

    /// <summary>Gets the precision of the computation.</summary>
    /// <value>The model's own: <see cref="Precision.Full"/>.</value>
    public Precision Precision { get; init; } = Precision.Full;

    /// <summary>
    /// Gets whether images, and the weights of convolutions, are stored with the channels of a pixel side by side: faster on GPUs in 16 bits; on a
    /// CPU, measure whether it is. Results differ in their last bits.
    /// </summary>
    /// <value>false.</value>
    public bool ChannelsLast { get; init; }

    /// <summary>Gets the largest norm of all gradients together; null does not limit it.</summary>
    /// <value>null.</value>
    public double? GradientClipNorm { get; init; }

    /// <summary>Gets the largest absolute value of each number of a gradient; null does not limit it.</summary>
    /// <value>null.</value>
    public double? GradientClipValue { get; init; }

    /// <summary>Gets the number of batches whose gradients are averaged into one step: a larger batch in the memory of a small one.</summary>
    /// <value>1.</value>
    public int AccumulateGradientBatches { get; init; } = 1;

    /// <summary>Gets the number of batches between two validations; null validates after each epoch.</summary>
    /// <value>null.</value>
    public int? ValidateEverySteps { get; init; }

    /// <summary>Gets the largest number of training batches of an epoch; null takes all.</summary>
    /// <value>null.</value>
    public int? LimitTrainBatches { get; init; }

    /// <summary>Gets the largest number of batches of a validation; null takes all.</summary>
    /// <value>null.</value>
    public int? LimitValidationBatches { get; init; }

    /// <summary>Gets the callbacks: progress, checkpoints, early stopping, logs.</summary>
    /// <value>None.</value>
    public IReadOnlyList<Callback> Callbacks { get; init; } = [];

    /// <summary>Gets the clock that durations are measured with.</summary>
    /// <value>The system's.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Returns options for one batch of one epoch, which shows quickly whether everything fits together.</summary>
    public TrainerOptions FastDevRun() => this with { Epochs = 1, LimitTrainBatches = 1, LimitValidationBatches = 1 };

    /// <summary>Gets the number of step losses that are read together; null reads each on the CPU, and 64 on another device.</summary>
    internal int? LossesPerRead { get; init; }

    /// <summary>Gets whether this process trains alone, even where torch.distributed is initialized.</summary>
    internal bool IsAlone { get; init; }

    internal void Check()
    {
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
}

/// <summary>How often the scheduler takes a step.</summary>
public enum SchedulerInterval
{
    /// <summary>After each change of the weights.</summary>
    Step,

    /// <summary>After each pass over the training data.</summary>
    Epoch,
}
