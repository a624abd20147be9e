using DeepLearning.Data;
using DeepLearning.Training.Callbacks;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>A training under way, as callbacks see it.</summary>
public sealed class FitState : IDisposable
{
    private readonly ScoreTotals _totals;
    private readonly List<Tensor> _unreadLosses = [];

    internal FitState(
        nn.Module<Tensor, Tensor> model, IBatches train, IBatches? validation, TrainerOptions options, CancellationToken cancellation)
    {
        Model = model;
        ValidationData = validation;
        Options = options;
        Cancellation = cancellation;
        Device = options.Device ?? model.parameters().Select(parameter => parameter.device).FirstOrDefault(CPU);
        // TorchSharp's to() leaves handles of gradients behind; what it moves is in no scope
        using (NewDisposeScope())
            model.to(Device);
        if (options.ChannelsLast)
            ChannelsLast.Apply(model);
        Replicas = Replicas.Of(model);
        Train = Replicas.Share(train);
        Optimizer = options.Optimizer(model.parameters());
        Scheduler = options.Scheduler?.Invoke(Optimizer);
        BatchesPerEpoch = Math.Min(Train.Count, options.MostBatches ?? int.MaxValue);
        Callbacks = [.. options.Callbacks.Where(callback => Replicas.IsFirst || !callback.FirstProcessOnly).OrderBy(callback => callback.Order)];
        _totals = new ScoreTotals(options.Metrics, Device);
    }

    /// <summary>What learns.</summary>
    public nn.Module<Tensor, Tensor> Model { get; }

    /// <summary>What changes its weights.</summary>
    public optim.Optimizer Optimizer { get; }

    /// <summary>What changes the learning rate, if anything does.</summary>
    public optim.lr_scheduler.LRScheduler? Scheduler { get; }

    /// <summary>What it learns from; this process's share, where several train together.</summary>
    public IBatches Train { get; }

    /// <summary>What it is tested on; null for nothing.</summary>
    public IBatches? ValidationData { get; }

    /// <summary>How it is trained.</summary>
    public TrainerOptions Options { get; }

    /// <summary>Where it is trained.</summary>
    public Device Device { get; }

    /// <summary>Asks for an end after the current batch.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Batches that are trained on in an epoch.</summary>
    public int BatchesPerEpoch { get; }

    /// <summary>Epochs that have ended.</summary>
    public int EpochsDone { get; internal set; }

    /// <summary>Batches of the current epoch that have been trained on.</summary>
    public int Batch { get; internal set; }

    /// <summary>Batches that have been trained on since the start.</summary>
    public long Step { get; internal set; }

    /// <summary>What has happened so far.</summary>
    public History History { get; } = new();

    /// <summary>The latest validation; null before the first.</summary>
    public Scores? Validation { get; internal set; }

    /// <summary>The batch in hand, until the next comes.</summary>
    public Tensor? Inputs { get; internal set; }

    /// <summary>What should come out for <see cref="Inputs"/>.</summary>
    public Tensor? Targets { get; internal set; }

    /// <summary>The first group's learning rate.</summary>
    public double LearningRate => Optimizer.ParamGroups.First().LearningRate;

    /// <summary>Why training is to end, or has ended, before its last epoch; null when nothing asks for it.</summary>
    public string? StopReason { get; private set; }

    /// <summary>Whether that is because cancellation was asked for, here or elsewhere: training that goes on later does not end there.</summary>
    internal bool IsCancelled { get; private set; }

    /// <summary>Whether the batches so far are all in the weights, and none only in gradients.</summary>
    internal bool AreWeightsChanged => Batch % Options.AccumulateBatches == 0 || Batch == BatchesPerEpoch;

    /// <summary>The processes that train together.</summary>
    internal Replicas Replicas { get; }

    /// <summary>The random stream when the current epoch started, before its order was drawn.</summary>
    internal Tensor? EpochRandom { get; set; }

    /// <summary>The random stream to go on from after an interruption; null when there was none.</summary>
    internal Tensor? ResumeRandom { get; set; }

    internal IReadOnlyList<Callback> Callbacks { get; }

    internal ScoreTotals Totals => _totals;

    /// <summary>The scores of the current epoch so far; null before its first batch. Waits for the device.</summary>
    public Scores? ScoresSoFar() => _totals.Samples > 0 ? _totals.Read() : null;

    /// <summary>Ends training after the current batch; the first reason given stays.</summary>
    /// <param name="reason">Why, as a person would say it: "no better accuracy for 5 epochs".</param>
    public void Stop(string reason) => StopReason ??= reason;

    /// <inheritdoc/>
    public void Dispose()
    {
        Replicas.Dispose();
        _totals.Dispose();
        EpochRandom?.Dispose();
        ResumeRandom?.Dispose();
        foreach (var loss in _unreadLosses)
            loss.Dispose();
        Optimizer.Dispose();
    }

    /// <summary>Ends training where it was cancelled.</summary>
    internal void StopIfCancelled()
    {
        if (!Cancellation.IsCancellationRequested)
            return;
        IsCancelled |= StopReason is null;
        Stop("it was cancelled");
    }

    /// <summary>Whether training is to end: for one of the processes is for all, or the others would wait for it for ever.</summary>
    internal bool MustStop()
    {
        var must = Replicas.Any(StopReason is not null);
        if (must && StopReason is null)
        {
            // whether that one may go on later is its own to know
            IsCancelled = true;
            Stop("another process was stopped");
        }
        return must;
    }

    internal void Tell(Action<Callback> moment)
    {
        foreach (var callback in Callbacks)
            moment(callback);
    }

    /// <summary>
    /// Notes a batch's loss. On the CPU it is read at once; elsewhere reading waits for the device, so it is done for many together.
    /// </summary>
    internal void Note(Tensor loss)
    {
        _unreadLosses.Add(loss.detach().DetachFromDisposeScope());
        if (Device.type == DeviceType.CPU || _unreadLosses.Count == 64)
            ReadLosses();
    }

    /// <summary>Reads the losses noted.</summary>
    /// <exception cref="TrainingDivergedException">One of them is no finite number.</exception>
    internal void ReadLosses()
    {
        if (_unreadLosses.Count == 0)
            return;
        using var scope = NewDisposeScope();
        var losses = _unreadLosses.Count == 1 ? _unreadLosses[0] : stack(_unreadLosses);
        var values = losses.to(ScalarType.Float64).cpu().data<double>();
        foreach (var value in values)
            History.Add(value);
        var finite = true;
        foreach (var value in values)
            finite &= double.IsFinite(value);
        foreach (var loss in _unreadLosses)
            loss.Dispose();
        _unreadLosses.Clear();
        if (!finite)
            throw new TrainingDivergedException(EpochsDone + 1, Step, LearningRate);
    }
}
