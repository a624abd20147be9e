using DeepLearning.Data;
using TorchSharp;
using TorchSharp.Extras.Autograd;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>The state of a training run, for callbacks.</summary>
public sealed class FitState : IDisposable
{
    private readonly StopRequest _stop;
    private readonly TrainingModes _modes;

    internal FitState(
        nn.Module<Tensor, Tensor> model, IBatches train, IBatches? validation, TrainerOptions options, CancellationToken cancellation)
    {
        Model = model;
        ValidationData = validation;
        AllTrain = train;
        Options = options;
        Cancellation = cancellation;
        Placement = new DevicePlacement(options.Device ?? Devices.FromEnvironment() ?? DevicePlacement.Of(model), options.ChannelsLast);
        Placement.Move(model);
        _modes = new TrainingModes(model);
        Replicas = options.IsAlone ? Replicas.Single(model) : Replicas.Of(model);
        Train = Replicas.Shard(train, even: true);
        // a list: TorchSharp's optimizers keep what they are given, and would go through the modules again in every step
        Optimizer = ModelChecks.Fused(options.Optimizer([.. model.parameters()]));
        ModelChecks.RequireParameters(Optimizer, model);
        Scheduler = options.Scheduler?.Invoke(Optimizer);
        ModelChecks.RequireScore(Scheduler, options.SchedulerInterval);
        StepLearningRate = LearningRate;
        BatchesPerEpoch = Math.Min(Train.Count, options.LimitTrainBatches ?? int.MaxValue);
        Callbacks = new CallbackList(options.Callbacks, Replicas.IsFirst);
        Totals = new ScoreTotals(options.Metrics, Device);
        Losses = new LossBuffer(this);
        Loss = new CheckedLoss(options.Loss);
        Normalization = new NormalizationChecks(model);
        Direct = IsDirect(options) ? new DirectGradients() : null;
        HasPlainLoss = Training.Losses.IsPlainCrossEntropy(options.Loss);
        _stop = new StopRequest(Replicas, cancellation);
    }

    /// <summary>Gets the model being trained.</summary>
    public nn.Module<Tensor, Tensor> Model { get; }

    /// <summary>Gets the optimizer.</summary>
    public optim.Optimizer Optimizer { get; }

    /// <summary>Gets the learning-rate scheduler; null if the options have none.</summary>
    public optim.lr_scheduler.LRScheduler? Scheduler { get; }

    /// <summary>Gets the training data; in distributed training, the share of this process.</summary>
    public IBatches Train { get; }

    /// <summary>Gets the training data of all processes.</summary>
    internal IBatches AllTrain { get; }

    /// <summary>Gets the validation data; null if there is none.</summary>
    public IBatches? ValidationData { get; }

    /// <summary>Gets the options of the training.</summary>
    public TrainerOptions Options { get; }

    /// <summary>Gets the device of the model and the batches.</summary>
    public Device Device => Placement.Device;

    /// <summary>Gets the token that ends the training after the current batch.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Gets the number of batches of an epoch.</summary>
    public int BatchesPerEpoch { get; }

    /// <summary>Gets the number of completed epochs.</summary>
    public int EpochsDone { get; internal set; }

    /// <summary>Gets the number of completed training batches of the current epoch.</summary>
    public int Batch { get; internal set; }

    /// <summary>Gets the number of completed training batches since the start of training.</summary>
    public long Step { get; internal set; }

    /// <summary>Gets the history so far.</summary>
    public History History { get; } = new();

    /// <summary>Gets the scores of the last validation; null before the first.</summary>
    public Scores? Validation { get; internal set; }

    /// <summary>Gets the inputs of the current batch, on the device; they are valid until the next batch.</summary>
    public Tensor? Inputs { get; internal set; }

    /// <summary>Gets the targets of the current batch, on the device; they are valid until the next batch.</summary>
    public Tensor? Targets { get; internal set; }

    /// <summary>Gets the learning rate of the first parameter group, for the next step.</summary>
    public double LearningRate => Optimizer.ParamGroups.First().LearningRate;

    /// <summary>Gets a value that indicates whether all batches so far have changed the weights; false while gradients are accumulated.</summary>
    public bool AreWeightsChanged => Batch % Options.AccumulateGradientBatches == 0 || Batch == BatchesPerEpoch;

    /// <summary>Gets the reason for a stop before the last epoch; null if no stop was requested.</summary>
    public string? StopReason => _stop.Reason;

    internal bool IsCanceled => _stop.IsCanceled;

    internal string? StopSource => _stop.Source;

    /// <summary>Gets or sets the learning rate of the first parameter group during the last step.</summary>
    internal double StepLearningRate { get; set; }

    internal DevicePlacement Placement { get; }

    internal Replicas Replicas { get; }

    internal CallbackList Callbacks { get; }

    internal RandomState Random { get; } = new();

    internal ScoreTotals Totals { get; }

    internal LossBuffer Losses { get; }

    internal CheckedLoss Loss { get; }

    internal NormalizationChecks Normalization { get; }

    /// <summary>Gets a value that indicates whether the loss is the cross-entropy without weights and smoothing.</summary>
    internal bool HasPlainLoss { get; }

    /// <summary>Gets the object that computes models without an autograd graph; null where the loss, the precision or other processes need the graph.</summary>
    internal DirectGradients? Direct { get; }

    /// <summary>Returns the scores of the current epoch so far; null before its first batch. The method waits for the device.</summary>
    public Scores? ScoresSoFar() => Totals.Samples > 0 ? Totals.Read() : null;

    /// <summary>Requests a stop after the current batch; the first reason is kept.</summary>
    /// <param name="reason">The reason, for <see cref="FitResult.StopReason"/>: "no better accuracy for 5 epochs".</param>
    public void Stop(string reason) => _stop.Stop(reason, Callbacks.Current?.GetType().Name);

    /// <inheritdoc/>
    public void Dispose()
    {
        Direct?.Dispose();
        Losses.Dispose();
        Totals.Dispose();
        Random.Dispose();
        Replicas.Dispose();
        Optimizer.Dispose();
    }

    // a loss of the user's own may ask for gradients of the parameters itself, and several processes average theirs in the backward pass
    private bool IsDirect(TrainerOptions options) =>
        options.Precision == Precision.Full && ReferenceEquals(Replicas.Model, Model)
        && (options.Loss.Method.Module == typeof(Losses).Module || options.Loss.Method.Module == typeof(torch).Module);

    internal void StopIfCanceled() => _stop.StopIfCanceled();

    /// <summary>Returns whether any process has requested a stop. All processes must call this method.</summary>
    internal bool MustStop() => _stop.MustStop();

    internal void Notify(Action<Callbacks.Callback> moment) => Callbacks.Notify(moment);

    internal void RecordLoss(Tensor loss) => Losses.Record(loss);

    /// <summary>
    /// Sets the model to training mode if a callback has left it in evaluation mode; submodules that are kept in evaluation mode stay in it.
    /// </summary>
    internal void KeepTrainingMode() => _modes.Keep();
}
