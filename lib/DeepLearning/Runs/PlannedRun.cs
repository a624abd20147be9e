using System.Globalization;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using static TorchSharp.torch;

namespace DeepLearning.Runs;

/// <summary>One run that a sweep is to train, or has.</summary>
internal sealed class PlannedRun(int number, Run settings, long seed, Func<RunSetup> setup, string folder, string codeVersion)
{
    private readonly RunFolder _folder = new(folder, settings, codeVersion);

    public int Number => number;

    /// <summary>Where it is, within the sweep's folder.</summary>
    public string Name => _folder.Name;

    /// <summary>How it ended; null when it has not, as far as this process knows.</summary>
    public RunRecord? Record { get; private set; }

    public bool HasEnded => Record is not null;

    /// <summary>Reads how it ended in an earlier sweep.</summary>
    public void ReadBefore(bool retryFailed)
    {
        Record = _folder.Read();
        if (Record?.State != RunState.Failed || !retryFailed)
            return;
        using var claim = _folder.Claim();
        if (claim is null)
            return;
        _folder.Clear();
        Record = null;
    }

    /// <summary>Trains it, unless another process does or has; whether it has ended since.</summary>
    public bool Attempt(SweepOptions options, CancellationToken cancellation)
    {
        using var claim = _folder.Claim();
        if (claim is not null)
            Record = _folder.Read() ?? Train(options, cancellation);
        return HasEnded;
    }

    public SweepRun Result() => new(
        number, settings, Record?.State ?? RunState.Unfinished, Record?.Error, [.. Record?.Results(number, settings) ?? []], _folder.Path);

    /// <summary>"Run(Lr=0.01, seed=50): finished after 5 epochs, 12.3 s · loss 0.4312, accuracy 0.8421; test loss …".</summary>
    public override string ToString()
    {
        var run = Result();
        if (run.State == RunState.Failed)
            return $"{settings}: failed: {run.Error}";
        var last = run.Epochs.Count > 0 ? run.Epochs[^1] : null;
        return string.Create(CultureInfo.InvariantCulture, $"{settings}: finished after {run.Epochs.Count} epochs, {run.Duration.TotalSeconds:0.0} s")
            + (last is null ? "" : $" · {last.Training}") + (last?.Test is null ? "" : $"; test {last.Test}");
    }

    private RunRecord? Train(SweepOptions options, CancellationToken cancellation)
    {
        var history = new History();
        try
        {
            using var scope = NewDisposeScope();
            manual_seed(seed);
            var made = setup() ?? throw new InvalidOperationException("The setup gave nothing to train.");
            using var model = made.Model;
            var training = made.Options ?? new TrainerOptions();
            List<Callback> kept =
            [
                .. training.Callbacks,
                new Kept(since => history = since),
                new TensorBoardLogger(_folder.Path),
                new ModelCheckpoint(_folder.Path) { EverySteps = options.CheckpointEverySteps },
            ];
            var result = Trainer.Fit(model, made.Train, made.Test, training with { Callbacks = kept }, cancellation);
            if (result.IsCancelled)
                return null;
            if (result.History.Epochs is [.., var last])
                RunLog.WriteSettings(_folder.Path, settings, last.Training, last.Validation);
            return _folder.Write(RunState.Finished, error: null, RunRecord.EpochsOf(history));
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            return _folder.Write(RunState.Failed, $"{error.GetType().Name}: {error.Message}", RunRecord.EpochsOf(history));
        }
    }

    /// <summary>Keeps hold of what happened, for the record of a run that fails.</summary>
    private sealed class Kept(Action<History> keep) : Callback
    {
        public override void BeforeFit(FitState fit) => keep(fit.History);
    }
}
