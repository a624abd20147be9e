using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Training.Callbacks;

/// <summary>Writes a training to TensorBoard: the loss of every so many steps, each epoch's and validation's scores, the learning rate.</summary>
/// <remarks>Tutorials 000 (TensorBoardCallback) and 004 (Tensorboard).</remarks>
public sealed partial class TensorBoardLog : Callback
{
    private readonly string _folder;
    private SummaryWriter? _writer;

    /// <param name="folder">Where the event file goes: one folder a run, so that runs can be compared.</param>
    public TensorBoardLog(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = folder;
    }

    /// <summary>After how many steps the training loss is written.</summary>
    /// <value>10.</value>
    public int EverySteps { get; init; } = 10;

    /// <summary>Whether each epoch ends with histograms of all weights, and of the last step's gradients.</summary>
    /// <value>false.</value>
    public bool Histograms { get; init; }

    /// <inheritdoc/>
    public override bool FirstProcessOnly => true;

    /// <inheritdoc/>
    public override void BeforeFit(FitState fit) => _writer = utils.tensorboard.SummaryWriter(_folder);

    /// <inheritdoc/>
    public override void BeforeBatch(FitState fit)
    {
        if (fit.Step == 0)
            DrawGraph(fit);
    }

    /// <inheritdoc/>
    public override void BeforeStep(FitState fit)
    {
        if (Histograms && fit.Batch == fit.BatchesPerEpoch - 1)
            WriteHistograms(fit, "gradients", parameter => parameter.grad);
    }

    /// <inheritdoc/>
    public override void AfterBatch(FitState fit)
    {
        if (fit.Step % EverySteps == 0 && fit.History.StepLosses.Count > 0)
            _writer!.add_scalar("step/loss", (float)fit.History.StepLosses[^1], (int)fit.Step);
    }

    /// <inheritdoc/>
    public override void AfterValidation(FitState fit) => Write("validation", fit.Validation!, fit.Step);

    /// <inheritdoc/>
    public override void AfterEpoch(FitState fit)
    {
        var epoch = fit.History.Epochs[^1];
        Write("training", epoch.Training, fit.Step);
        _writer!.add_scalar("learning rate", (float)epoch.LearningRate, (int)fit.Step);
        if (Histograms)
            WriteHistograms(fit, "weights", parameter => parameter.detach());
        Flush();
    }

    /// <inheritdoc/>
    public override void AfterFit(FitState fit)
    {
        Close();
        _writer = null;
    }

    private void Write(string split, Scores scores, long step)
    {
        _writer!.add_scalar($"{split}/{Scores.LossName}", (float)scores.Loss, (int)step);
        foreach (var (name, value) in scores.Metrics)
            _writer.add_scalar($"{split}/{name}", (float)value, (int)step);
    }

    private void WriteHistograms(FitState fit, string kind, Func<Parameter, Tensor?> values)
    {
        foreach (var (name, parameter) in fit.Model.named_parameters())
        {
            using var tensor = values(parameter);
            if (tensor is not null)
                _writer!.add_histogram($"{kind}/{name}", tensor, (int)fit.Step + 1);
        }
    }

    // TorchSharp's writer draws no graphs, and opens and closes its file for every event
    partial void DrawGraph(FitState fit);

    partial void Flush();

    partial void Close();
}
