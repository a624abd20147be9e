using TorchSharp.Modules;
using static TorchSharp.torch;
using SummaryWriter = TorchSharp.TensorBoard.SummaryWriter;

namespace DeepLearning.Training.Callbacks;

/// <summary>
/// Writes training logs for TensorBoard: the model's graph, the loss of every nth step, the scores of each epoch and validation, and the learning
/// rate.
/// </summary>
/// <remarks>Tutorials 000 (TensorBoardCallback) and 004 (Tensorboard).</remarks>
#pragma warning disable CA1001 // the trainer calls TearDown, which closes the writer, after errors and cancellation too
public sealed class TensorBoardLogger : Callback
#pragma warning restore CA1001
{
    private readonly string _folder;
    private SummaryWriter? _writer;
    private int _lossesSeen;

    /// <summary>Initializes a new instance that writes to a folder.</summary>
    /// <param name="folder">The folder of the event file. Use a separate folder for each run, so that runs can be compared.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public TensorBoardLogger(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = folder;
    }

    /// <summary>Gets the number of steps between two written step losses.</summary>
    /// <value>10.</value>
    public int EverySteps { get; init; } = 10;

    /// <summary>
    /// Gets a value that indicates whether histograms of all weights, and of the last step's gradients, are written after each epoch.
    /// </summary>
    /// <value>false.</value>
    public bool Histograms { get; init; }

    /// <summary>Gets a value that indicates whether the model's graph is written; it is recorded with the first batch.</summary>
    /// <value>true.</value>
    public bool Graph { get; init; } = true;

    /// <inheritdoc/>
    public override bool FirstProcessOnly => true;

    /// <inheritdoc/>
    public override void BeforeFit(FitState fit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(EverySteps);
        (_writer, _lossesSeen) = (new SummaryWriter(_folder), 0);
    }

    /// <inheritdoc/>
    public override void OnResume(FitState fit) => _lossesSeen = fit.History.StepLosses.Count;

    /// <inheritdoc/>
    public override void BeforeStep(FitState fit)
    {
        // fit.Step does not include this step yet
        if (Histograms && fit.Batch == fit.BatchesPerEpoch - 1)
            WriteHistograms(fit, TensorBoardTags.Gradients, fit.Step + 1, parameter => parameter.grad);
    }

    /// <inheritdoc/>
    public override void AfterBatch(FitState fit)
    {
        // after the first batch, because the trainer explains inputs that do not fit the model; add_graph runs the model in evaluation mode: it draws
        // no random numbers and does not change running statistics
        if (Graph && fit.Step == 1)
            _writer!.add_graph(fit.Model, fit.Inputs!);
        WriteStepLosses(fit);
    }

    /// <inheritdoc/>
    public override void AfterValidation(FitState fit) => Write("validation", fit.Validation!, fit.Step);

    /// <inheritdoc/>
    public override void AfterEpoch(FitState fit)
    {
        WriteStepLosses(fit);
        var epoch = fit.History.Epochs[^1];
        Write("training", epoch.Training, fit.Step);
        _writer!.add_scalar(TensorBoardTags.LearningRate, (float)epoch.LearningRate, (int)fit.Step);
        if (Histograms)
            WriteHistograms(fit, TensorBoardTags.Weights, fit.Step, parameter => parameter.detach());
        _writer.flush();
    }

    /// <inheritdoc/>
    public override void TearDown(FitState fit)
    {
        if (_writer is null)
            return;
        WriteStepLosses(fit);
        _writer.Dispose();
        _writer = null;
    }

    /// <summary>Writes the losses that were read since the last call, each at its step. On a GPU, losses are read in groups.</summary>
    private void WriteStepLosses(FitState fit)
    {
        var losses = fit.History.StepLosses;
        for (; _lossesSeen < losses.Count; _lossesSeen++)
        {
            if ((_lossesSeen + 1) % EverySteps == 0)
                _writer!.add_scalar(TensorBoardTags.StepLoss, (float)losses[_lossesSeen], _lossesSeen + 1);
        }
    }

    private void Write(string split, Scores scores, long step)
    {
        foreach (var name in scores.Names)
            _writer!.add_scalar(TensorBoardTags.Score(split, name), (float)scores[name], (int)step);
    }

    private void WriteHistograms(FitState fit, Func<string, string> tag, long step, Func<Parameter, Tensor?> values)
    {
        foreach (var (name, parameter) in fit.Model.named_parameters())
        {
            using var tensor = values(parameter);
            if (tensor is not null)
                _writer!.add_histogram(tag(name), tensor, (int)step);
        }
    }
}
