using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using static TorchSharp.torch;

namespace DeepLearning.Runs;

/// <summary>A planned or completed run of a sweep.</summary>
internal sealed class PlannedRun(int number, Run settings, long seed, Func<RunSetup> setup, string folder, string codeVersion)
{
    private readonly RunFolder _folder = new(folder, settings, codeVersion);

    public int Number => number;

    /// <summary>Gets the record of the ended run; null if this process does not know that it has ended.</summary>
    public RunRecord? Record { get; private set; }

    public bool HasEnded => Record is not null;

    /// <summary>Reads the record of the run from an earlier sweep.</summary>
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

    /// <summary>Trains the run, unless another process trains or has trained it.</summary>
    /// <returns>Whether the run has ended.</returns>
    public bool Attempt(SweepOptions options, IEnumerable<PlannedRun> plan, CancellationToken cancellation)
    {
        using var claim = _folder.Claim();
        if (claim is not null)
            Record = _folder.Read() ?? Train(options, plan, cancellation);
        return HasEnded;
    }

    public SweepRun Result() =>
        new(number, settings, Record?.State ?? RunState.Unfinished, Record?.Error, Record?.Epochs ?? [], _folder.Path) { Setup = Seeded };

    public override string ToString() => Result().ToString();

    private RunSetup Seeded()
    {
        manual_seed(seed);
        return setup() ?? throw new InvalidOperationException("The setup function returned null.");
    }

    private RunRecord? Train(SweepOptions options, IEnumerable<PlannedRun> plan, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        RunSetup made;
        try
        {
            made = Seeded();
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            return Failed(error, []);
        }
        using var model = made.Model;
        var training = made.Options ?? new TrainerOptions();
        // an error of the sweep, not of the run
        ResultsColumns.Check(settings, [.. training.Metrics.Select(metric => metric.Name)]);
        return Fit(made, training, options, plan, cancellation);
    }

    private RunRecord? Fit(RunSetup made, TrainerOptions training, SweepOptions options, IEnumerable<PlannedRun> plan, CancellationToken cancellation)
    {
        var history = new History();
        var objective = options.Objective ?? SweepTables.DefaultObjective(training.Metrics.Select(metric => metric.Name));
        var pruner = new Pruner(epochs => options.Pruning?.Reason(objective, epochs, Finished(plan)));
        try
        {
            List<Callback> callbacks =
            [
                .. training.Callbacks,
                new HistoryKeeper(started => history = started),
                pruner,
                new TensorBoardLogger(_folder.Path),
                new ModelCheckpoint(_folder.Path) { EverySteps = options.CheckpointEverySteps, Monitor = objective },
            ];
            var result = Trainer.Fit(made.Model, made.Train, made.Validation, training with { Callbacks = callbacks, IsAlone = true }, cancellation);
            if (result.IsCanceled)
                return null;
            if (result.History.Epochs is [.., var last])
                RunLog.WriteSettings(_folder.Path, settings, last);
            return _folder.Write(pruner.Reason is null ? RunState.Finished : RunState.Pruned, error: null, history.Epochs);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            return Failed(error, history.Epochs);
        }
    }

    // without the native stack trace of libtorch's messages
    private RunRecord Failed(Exception error, IReadOnlyList<EpochRecord> epochs) =>
        _folder.Write(RunState.Failed, $"{error.GetType().Name}: {error.Message.Split("\nException raised from")[0]}", epochs);

    private static List<IReadOnlyList<EpochRecord>> Finished(IEnumerable<PlannedRun> plan)
    {
        List<IReadOnlyList<EpochRecord>> finished = [];
        foreach (var run in plan)
        {
            // another process may have trained the run
            run.Record ??= run._folder.Read();
            if (run.Record is { State: RunState.Finished } record)
                finished.Add(record.Epochs);
        }
        return finished;
    }

    /// <summary>Keeps the training history for the record of a failed run.</summary>
    private sealed class HistoryKeeper(Action<History> keep) : Callback
    {
        public override void BeforeFit(FitState fit) => keep(fit.History);
    }
}
