using DeepLearning.Training.Callbacks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>How <see cref="Trainer"/> trains. The defaults classify: cross-entropy, Adam at 0.001, accuracy, one epoch.</summary>
public sealed record TrainerOptions
{
    /// <summary>How often all training data is seen.</summary>
    /// <value>1.</value>
    public int Epochs { get; init; } = 1;

    /// <summary>What is minimised: from outputs and targets of a batch to one number, the mean over its samples.</summary>
    /// <value>Cross-entropy.</value>
    public Func<Tensor, Tensor, Tensor> Loss { get; init; } = (outputs, targets) => nn.functional.cross_entropy(outputs, targets);

    /// <summary>Makes what changes the weights.</summary>
    /// <value>Adam with a learning rate of 0.001.</value>
    public Func<IEnumerable<Parameter>, optim.Optimizer> Optimizer { get; init; } = parameters => optim.Adam(parameters, 1e-3);

    /// <summary>Makes what changes the learning rate as training goes on; null leaves it alone.</summary>
    /// <value>null.</value>
    public Func<optim.Optimizer, optim.lr_scheduler.LRScheduler>? Scheduler { get; init; }

    /// <summary>When the scheduler takes a step.</summary>
    /// <value>After each epoch.</value>
    public Every SchedulerStep { get; init; } = Every.Epoch;

    /// <summary>What a scheduler that goes by a measurement (ReduceLROnPlateau) is shown: the name of a score, of validation where there is one.</summary>
    /// <value>The loss.</value>
    public string SchedulerScore { get; init; } = Scores.LossName;

    /// <summary>What is measured beside the loss, in training and in validation.</summary>
    /// <value>Accuracy.</value>
    public IReadOnlyList<Metric> Metrics { get; init; } = [Metric.Accuracy];

    /// <summary>Where to train; network and batches are moved there. null stays where the network is.</summary>
    /// <value>null.</value>
    public Device? Device { get; init; }

    /// <summary>In which numbers to compute.</summary>
    /// <value>The network's own: <see cref="Precision.Full"/>.</value>
    public Precision Precision { get; init; } = Precision.Full;

    /// <summary>
    /// Whether images, and the weights of convolutions, lie in memory with the channels of a pixel side by side: faster on GPUs in 16 bits; on a
    /// CPU, measure whether it is. Results differ in their last bits.
    /// </summary>
    /// <value>false.</value>
    public bool ChannelsLast { get; init; }

    /// <summary>The most that the norm of all gradients together may be; null does not limit it.</summary>
    /// <value>null.</value>
    public double? ClipGradientNorm { get; init; }

    /// <summary>The most that each number of a gradient may be, up or down; null does not limit it.</summary>
    /// <value>null.</value>
    public double? ClipGradientValue { get; init; }

    /// <summary>Batches whose gradients are averaged into one change of the weights: a larger batch in the memory of a small one.</summary>
    /// <value>1.</value>
    public int AccumulateBatches { get; init; } = 1;

    /// <summary>After how many batches to validate; null validates after each epoch.</summary>
    /// <value>null.</value>
    public int? ValidateEverySteps { get; init; }

    /// <summary>Batches of an epoch, and of a validation, at most; null takes all. For trying things out.</summary>
    /// <value>null.</value>
    public int? MostBatches { get; init; }

    /// <summary>What happens besides: progress, checkpoints, early stopping, logs.</summary>
    /// <value>None.</value>
    public IReadOnlyList<Callback> Callbacks { get; init; } = [];

    /// <summary>The clock that durations are taken from.</summary>
    /// <value>The system's.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The same training cut to one batch of one epoch: whether everything fits together, in no time.</summary>
    public TrainerOptions Smoke() => this with { Epochs = 1, MostBatches = 1 };

    /// <summary>Inputs as the network is to get them.</summary>
    internal Tensor Place(Tensor inputs, Device device) => ChannelsLast ? Training.ChannelsLast.Of(inputs.to(device)) : inputs.to(device);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Epochs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(AccumulateBatches);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ValidateEverySteps ?? 1, nameof(ValidateEverySteps));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MostBatches ?? 1, nameof(MostBatches));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ClipGradientNorm ?? 1, nameof(ClipGradientNorm));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ClipGradientValue ?? 1, nameof(ClipGradientValue));
    }
}

/// <summary>How often something happens.</summary>
public enum Every
{
    /// <summary>After each change of the weights.</summary>
    Step,

    /// <summary>After each pass over the training data.</summary>
    Epoch,
}
