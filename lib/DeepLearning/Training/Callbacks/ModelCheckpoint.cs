using DeepLearning.Files;

namespace DeepLearning.Training.Callbacks;

/// <summary>
/// Saves checkpoints: <c>last.pth</c>, from which interrupted training continues to bit-equal weights, <c>best.pth</c>, and optionally the newest
/// numbered checkpoints. Files are replaced atomically. If a file cannot be written, for example to a full disk, training ends with an exception that
/// names the file, and the previous checkpoint remains, so training can be resumed.
/// </summary>
/// <remarks>
/// Tutorial 000, SaveCheckpointsCallback, with two corrections: the tutorial treats the untrained model as the best, and a higher loss as better.
/// Resumed training uses the current options: a changed learning rate, weight decay or patience replaces the saved value. Changes that cannot be
/// applied throw an exception with both values: another model, optimizer or scheduler, another learning rate under a scheduler, another monitored
/// score, other training data, and, within an epoch, other batches or metrics.
/// </remarks>
public sealed class ModelCheckpoint : Callback
{
    /// <summary>The file name of the newest checkpoint.</summary>
    public const string LastName = "last.pth";

    /// <summary>The file name of the best checkpoint.</summary>
    public const string BestName = "best.pth";

    private readonly string _folder;
    private Checkpoint? _checkpoint;
    private double? _best;
    private string? _savedMonitor;
    private bool _due;

    /// <summary>Initializes a new instance that writes to a folder.</summary>
    /// <param name="folder">The folder for the files; a missing folder is created.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public ModelCheckpoint(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = Path.GetFullPath(folder);
    }

    /// <summary>Gets a late position, so that a checkpoint contains the current states of the other callbacks.</summary>
    public override int Order => 1000;

    /// <summary>Gets the score that determines the best checkpoint.</summary>
    /// <value>The loss.</value>
    public Objective Monitor { get; init; } = Objective.Loss;

    /// <summary>
    /// Gets the number of batches after which <c>last.pth</c> is written; with accumulated gradients, at the next change of the weights. null writes
    /// it only after each epoch.
    /// </summary>
    /// <value>null.</value>
    public int? EverySteps { get; init; }

    /// <summary>Gets the number of checkpoints <c>step-N.pth</c> that are kept in addition to the last and the best.</summary>
    /// <value>0.</value>
    public int Keep { get; init; }

    /// <summary>Gets a value that indicates whether training resumes from <c>last.pth</c> if it exists.</summary>
    /// <value>true.</value>
    public bool Resume { get; init; } = true;

    /// <summary>
    /// Gets a value that indicates whether training may resume with other training or validation data than those of the checkpoint. The data of
    /// <see cref="Data.TensorBatches"/>, <see cref="Data.TableData"/> and <see cref="Data.BatchLoader"/> are compared.
    /// </summary>
    /// <value>
    /// false: other data throw an exception, because training that has ended would not be repeated with them, and the best score of the checkpoint is
    /// not comparable with scores on other validation data.
    /// </value>
    public bool AllowOtherData { get; init; }

    /// <inheritdoc/>
    public override void BeforeFit(FitState fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(EverySteps ?? 1, nameof(EverySteps));
        ArgumentOutOfRangeException.ThrowIfNegative(Keep);
        Monitor.Check(fit.Options, nameof(ModelCheckpoint));
        if (fit.Callbacks.All.OfType<ModelCheckpoint>().Any(other => other != this && other._folder == _folder))
            throw new ArgumentException($"Several ModelCheckpoints write to {_folder} and would replace each other's best checkpoint: use a folder for each.");
        (_best, _due, _savedMonitor) = (null, false, null);
        _checkpoint = new Checkpoint(fit);
        if (fit.Replicas.IsFirst)
            AtomicFile.Prepare(Named(LastName));
        if (Resume && File.Exists(Named(LastName)))
            _checkpoint.Restore(Named(LastName), AllowOtherData);
    }

    /// <inheritdoc/>
    public override void OnResume(FitState fit)
    {
        if (_savedMonitor is not null && _savedMonitor != Monitor.Name)
        {
            throw new InvalidOperationException(
                $"The best checkpoint in {_folder} was chosen by '{_savedMonitor}'; this ModelCheckpoint monitors '{Monitor.Name}'. Resume with the same, or use another folder.");
        }
    }

    /// <inheritdoc/>
    public override void AfterBatch(FitState fit)
    {
        _due |= EverySteps is { } steps && fit.Step % steps == 0;
        if (_due && fit.AreWeightsChanged)
            Save(fit);
    }

    /// <inheritdoc/>
    public override void AfterValidation(FitState fit) => SaveIfBest(fit);

    /// <inheritdoc/>
    public override void AfterEpoch(FitState fit)
    {
        if (fit.ValidationData is null)
            SaveIfBest(fit);
        Save(fit);
    }

    /// <inheritdoc/>
    public override void TearDown(FitState fit) => _checkpoint = null;

    /// <inheritdoc/>
    public override object? SaveState() => new Dictionary<string, object?> { ["monitor"] = Monitor.Name, ["best"] = _best };

    /// <inheritdoc/>
    public override void LoadState(object? state)
    {
        if (state is Dictionary<object, object?> saved)
            (_savedMonitor, _best) = ((string?)saved["monitor"], (double?)saved["best"]);
    }

    private void SaveIfBest(FitState fit)
    {
        var value = Monitor.Read(fit);
        if (!Monitor.IsBetter(value, _best))
            return;
        _best = value;
        _checkpoint!.Save(Named(BestName));
    }

    private void Save(FitState fit)
    {
        _due = false;
        _checkpoint!.Save(Named(LastName));
        if (Keep == 0)
            return;
        _checkpoint.Save(Named($"step-{fit.Step:D8}.pth"));
        if (!fit.Replicas.IsFirst)
            return;
        foreach (var old in Directory.EnumerateFiles(_folder, "step-*.pth").OrderDescending(StringComparer.Ordinal).Skip(Keep))
            File.Delete(old);
    }

    private string Named(string name) => Path.Combine(_folder, name);
}
