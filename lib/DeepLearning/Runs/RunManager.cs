using DeepLearning.Charts;
using DeepLearning.Data;
using DeepLearning.Training;
using Microsoft.Data.Analysis;
using static TorchSharp.torch;

namespace DeepLearning.Runs;

/// <summary>
/// Records the loss, accuracy and duration of each epoch of runs with a custom training loop, as a table, a chart and files.
/// </summary>
/// <remarks>
/// Tutorial 004, 测试框架 and 最终训练框架, with two corrections: a shorter last batch is weighted by its number of samples, and accuracy is also measured on a
/// validation set, not only on the training set.
/// </remarks>
public sealed class RunManager
{
    // cross-entropy and accuracy, as in the tutorial
    private static readonly TrainerOptions _measured = new();

    private readonly TimeProvider _time;
    private readonly List<ActiveRun> _runs = [];
    private ActiveRun? _active;
    private ActiveEpoch? _epoch;

    /// <summary>Initializes a new instance without runs.</summary>
    /// <param name="time">The clock; the system's clock by default.</param>
    public RunManager(TimeProvider? time = null) => _time = time ?? TimeProvider.System;

    /// <summary>Occurs after the row of an epoch was added, for example to update a displayed table.</summary>
    public event Action? EpochEnded;

    /// <summary>
    /// Gets the folder for TensorBoard. Each run is written to a subfolder named after its settings: images, the model's graph, curves, and
    /// histograms of weights and gradients. null writes nothing.
    /// </summary>
    /// <value>null.</value>
    public string? TensorBoard { get; init; }

    /// <summary>Gets the runs so far, with their epochs.</summary>
    public IReadOnlyList<RunResult> Runs => [.. _runs.Select(run => new RunResult(run.Number, run.Settings, [.. run.Epochs]))];

    /// <summary>Gets the table of all epochs so far, with a row for each epoch; durations are in seconds.</summary>
    public DataFrame Results => ResultsTable.Of(Runs);

    /// <summary>Draws the loss and accuracy of all runs so far.</summary>
    /// <exception cref="InvalidOperationException">There are no completed epochs.</exception>
    public Figure LearningCurves() => ResultsTable.LearningCurves(Runs);

    /// <summary>Starts a run.</summary>
    /// <param name="run">The settings of the run.</param>
    /// <param name="network">The model that your loop trains.</param>
    /// <param name="loader">The training batches.</param>
    /// <param name="validation">The validation batches, which are measured after each epoch; null leaves the validation columns empty.</param>
    /// <exception cref="ArgumentException">A setting has the name of a column of the results.</exception>
    /// <exception cref="InvalidOperationException">The previous run has not ended.</exception>
    public void BeginRun(Run run, nn.Module<Tensor, Tensor> network, BatchLoader loader, BatchLoader? validation = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loader);
        Require(_active is null, "Call EndRun() before the next BeginRun(…).");
        ResultsColumns.Check(run, [.. _measured.Metrics.Select(metric => metric.Name)]);
        var number = _runs.Count + 1;
        var log = TensorBoard is null ? null : new RunLog(Path.Combine(TensorBoard, $"{number} {RunFolder.Readable(run)}"), network, loader);
        _active = new ActiveRun(number, run, network, loader, validation, log);
        _runs.Add(_active);
    }

    /// <summary>Ends the run and closes its files. An unfinished epoch, for example after an error in the loop, is ignored.</summary>
    /// <exception cref="InvalidOperationException">There is no active run.</exception>
    public void EndRun()
    {
        Require(_active is not null, "Call EndRun() after BeginRun(…).");
        _epoch?.Free();
        _active!.Log?.Dispose();
        (_active, _epoch) = (null, null);
    }

    /// <summary>Starts an epoch; its duration is measured from this call.</summary>
    /// <exception cref="InvalidOperationException">There is no active run, or the previous epoch has not ended.</exception>
    public void BeginEpoch()
    {
        Require(_active is not null && _epoch is null, "Call BeginEpoch() after BeginRun(…) and after EndEpoch() of the previous epoch.");
        _epoch = new ActiveEpoch(new ScoreTotals(_measured.Metrics, _active!.Loader.Device), _time.GetTimestamp());
    }

    /// <summary>Records the loss of a step.</summary>
    /// <param name="loss">The mean loss of the batch, a single number.</param>
    /// <param name="samples">The number of samples of the batch; the last batch may be shorter.</param>
    /// <exception cref="InvalidOperationException">There is no active epoch.</exception>
    public void TrackLoss(Tensor loss, long samples)
    {
        Require(_epoch is not null, "Call TrackLoss(…) between BeginEpoch() and EndEpoch().");
        _epoch!.Totals.AddLoss(loss, samples);
        _epoch.Losses.Add(loss.detach().DetachFromDisposeScope());
    }

    /// <summary>Records the predictions of a step.</summary>
    /// <param name="predictions">The scores, [N, classes].</param>
    /// <param name="labels">The true classes, Int64 [N].</param>
    /// <exception cref="InvalidOperationException">There is no active epoch.</exception>
    public void TrackNumCorrect(Tensor predictions, Tensor labels)
    {
        Require(_epoch is not null, "Call TrackNumCorrect(…) between BeginEpoch() and EndEpoch().");
        _epoch!.Totals.AddMetrics(predictions, labels);
    }

    /// <summary>Ends an epoch: measures the model on the validation set, if there is one, and adds a row to the results.</summary>
    /// <exception cref="InvalidOperationException">There is no active epoch.</exception>
    public void EndEpoch()
    {
        Require(_epoch is not null, "Call EndEpoch() after BeginEpoch().");
        var (run, epoch) = (_active!, _epoch!);
        // reading the sums waits for the device, so the duration of the epoch includes its work
        var training = epoch.Totals.Read();
        var validation = run.Validation is null ? null : Evaluator.Measure(run.Network, run.Validation, _measured);
        var losses = epoch.ReadLosses();
        run.Steps += losses.Length;
        run.Epochs.Add(new EpochRecord(
            run.Epochs.Count + 1, run.Steps, training, validation, LearningRate: double.NaN, _time.GetElapsedTime(epoch.Started))
        {
            StepLosses = losses,
        });
        epoch.Free();
        _epoch = null;
        run.Log?.Write(run.Settings, run.Epochs[^1]);
        EpochEnded?.Invoke();
    }

    /// <summary>Writes the results as <c>fileName.csv</c> and <c>fileName.json</c>, in the formats of pandas and the tutorial.</summary>
    /// <param name="fileName">The path without an extension; existing files are replaced.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Save(string fileName) => ResultsFiles.Write(fileName, Runs);

    private static void Require(bool fulfilled, string order)
    {
        if (!fulfilled)
            throw new InvalidOperationException(order);
    }

    private sealed record ActiveRun(
        int Number, Run Settings, nn.Module<Tensor, Tensor> Network, BatchLoader Loader, BatchLoader? Validation, RunLog? Log)
    {
        public List<EpochRecord> Epochs { get; } = [];

        public long Steps { get; set; }
    }

    private sealed record ActiveEpoch(ScoreTotals Totals, long Started)
    {
        public List<Tensor> Losses { get; } = [];

        /// <summary>Reads all losses together, so the method waits for the device only once.</summary>
        public double[] ReadLosses()
        {
            if (Losses.Count == 0)
                return [];
            using var scope = NewDisposeScope();
            return stack(Losses).to(ScalarType.Float64).cpu().data<double>().ToArray();
        }

        public void Free()
        {
            Totals.Dispose();
            Losses.ForEach(loss => loss.Dispose());
        }
    }
}
