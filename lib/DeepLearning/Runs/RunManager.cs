using DeepLearning.Charts;
using DeepLearning.Data;
using DeepLearning.Training;
using Microsoft.Data.Analysis;
using static TorchSharp.torch;

namespace DeepLearning.Runs;

/// <summary>
/// Keeps the books of a sweep: loss, accuracy and time of every epoch of every run, as a table, a chart and files.
/// </summary>
/// <remarks>
/// Seed 004, 测试框架 and 最终训练框架, with what is wrong there put right: a short last batch counts for as many samples as it has, and
/// accuracy is measured on the test set too, not only on the set that is learned.
/// </remarks>
public sealed class RunManager
{
    // cross-entropy and accuracy, as the seed measures
    private static readonly TrainerOptions _measured = new();

    private readonly TimeProvider _time;
    private readonly List<EpochResult> _epochs = [];
    private int _run;
    private ActiveRun? _active;
    private ActiveEpoch? _epoch;

    /// <param name="time">The clock; the system's unless told.</param>
    public RunManager(TimeProvider? time = null) => _time = time ?? TimeProvider.System;

    /// <summary>Raised when an epoch's row has been added: the moment to show the table anew.</summary>
    public event Action? EpochEnded;

    /// <summary>
    /// Where each run is written for TensorBoard, in a folder named after its settings: images, graph, curves, histograms of weights and
    /// gradients; null writes nothing.
    /// </summary>
    /// <value>null.</value>
    public string? TensorBoard { get; init; }

    /// <summary>All epochs so far.</summary>
    public IReadOnlyList<EpochResult> Epochs => _epochs;

    /// <summary>The table of all epochs so far, a row each; durations in seconds.</summary>
    public DataFrame Results => ResultsTable.Of(_epochs);

    /// <summary>Loss and accuracy of all runs so far, drawn.</summary>
    /// <exception cref="InvalidOperationException">No epoch has ended yet.</exception>
    public Figure LearningCurves() => _epochs.Count > 0
        ? Chart.LearningCurves(ResultsTable.Curves(_epochs))
        : throw new InvalidOperationException("There is nothing to draw yet: no epoch has ended.");

    /// <summary>Starts a run; its time starts now.</summary>
    /// <param name="run">Its settings.</param>
    /// <param name="network">What learns.</param>
    /// <param name="loader">What it learns from.</param>
    /// <param name="test">What it is tested on after each epoch; null leaves the test columns empty.</param>
    public void BeginRun(Run run, nn.Module<Tensor, Tensor> network, BatchLoader loader, BatchLoader? test = null)
    {
        Require(_active is null, "EndRun() ends a run before the next begins.");
        _run++;
        var log = TensorBoard is null ? null : new RunLog(Path.Combine(TensorBoard, $"{_run} {RunFolder.Readable(run)}"), network, loader);
        _active = new ActiveRun(_run, run, network, loader, test, log, _time.GetTimestamp());
    }

    /// <summary>Ends the run.</summary>
    public void EndRun()
    {
        Require(_active is not null && _epoch is null, "EndRun() comes after BeginRun(…), and after EndEpoch().");
        _active!.Log?.Dispose();
        _active = null;
    }

    /// <summary>Starts an epoch; its time starts now.</summary>
    public void BeginEpoch()
    {
        Require(_active is not null && _epoch is null, "BeginEpoch() comes after BeginRun(…), and after the EndEpoch() of the epoch before.");
        _active!.Epoch++;
        _epoch = new ActiveEpoch(new ScoreTotals(_measured.Metrics, _active.Loader.Device), _time.GetTimestamp());
    }

    /// <summary>Takes note of a step's loss.</summary>
    /// <param name="loss">The mean loss of the batch, a single number.</param>
    /// <param name="samples">How many samples the batch has: the last one may be short.</param>
    public void TrackLoss(Tensor loss, long samples)
    {
        Require(_epoch is not null, "TrackLoss(…) comes between BeginEpoch() and EndEpoch().");
        _epoch!.Totals.AddLoss(loss, samples);
        _epoch.Losses.Add(loss.detach().DetachFromDisposeScope());
    }

    /// <summary>Takes note of a step's predictions.</summary>
    /// <param name="predictions">Scores, [N, classes].</param>
    /// <param name="labels">The right classes, Int64 [N].</param>
    public void TrackNumCorrect(Tensor predictions, Tensor labels)
    {
        Require(_epoch is not null, "TrackNumCorrect(…) comes between BeginEpoch() and EndEpoch().");
        _epoch!.Totals.AddMetrics(predictions, labels);
    }

    /// <summary>Ends an epoch: tests the network, where there is a test set, and adds a row to the results.</summary>
    public void EndEpoch()
    {
        Require(_epoch is not null, "EndEpoch() comes after BeginEpoch().");
        var (run, epoch) = (_active!, _epoch!);
        // reading the sums waits for the device, so that its work is in the epoch's time
        var training = epoch.Totals.Read();
        var epochDuration = _time.GetElapsedTime(epoch.Started);
        var test = run.Test is null ? null : Evaluator.Measure(run.Network, run.Test, _measured);
        _epochs.Add(new EpochResult(
            run.Number, run.Epoch, training, test, epochDuration, _time.GetElapsedTime(run.Started), run.Settings, epoch.ReadLosses()));
        epoch.Totals.Dispose();
        _epoch = null;
        run.Log?.Write(_epochs[^1]);
        EpochEnded?.Invoke();
    }

    /// <summary>Writes the results as <c>fileName.csv</c> and <c>fileName.json</c>, in the form that pandas and the seed write.</summary>
    public void Save(string fileName) => ResultsFiles.Write(fileName, _epochs);

    private static void Require(bool fulfilled, string order)
    {
        if (!fulfilled)
            throw new InvalidOperationException(order);
    }

    private sealed class ActiveRun(
        int number, Run settings, nn.Module<Tensor, Tensor> network, BatchLoader loader, BatchLoader? test, RunLog? log, long started)
    {
        public int Number { get; } = number;

        public Run Settings { get; } = settings;

        public nn.Module<Tensor, Tensor> Network { get; } = network;

        public BatchLoader Loader { get; } = loader;

        public BatchLoader? Test { get; } = test;

        public RunLog? Log { get; } = log;

        public long Started { get; } = started;

        public int Epoch { get; set; }
    }

    private sealed class ActiveEpoch(ScoreTotals totals, long started)
    {
        public ScoreTotals Totals { get; } = totals;

        public long Started { get; } = started;

        public List<Tensor> Losses { get; } = [];

        /// <summary>Reads all at once: one wait for the device instead of one a step.</summary>
        public double[] ReadLosses()
        {
            if (Losses.Count == 0)
                return [];
            using var scope = NewDisposeScope();
            var losses = stack(Losses).to(ScalarType.Float64).cpu().data<double>().ToArray();
            Losses.ForEach(loss => loss.Dispose());
            return losses;
        }
    }
}
