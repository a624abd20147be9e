namespace DeepLearning.Training.Callbacks;

/// <summary>
/// Saves checkpoints: <c>last.pth</c>, from which an interrupted training continues to bit-equal weights, <c>best.pth</c>, and optionally the
/// newest numbered ones. Files are replaced atomically.
/// </summary>
/// <remarks>
/// Tutorial 000, SaveCheckpointsCallback, corrected: the tutorial counts the untrained network as the best so far, and a higher loss as better.
/// </remarks>
public sealed class SaveCheckpoints : Callback
{
    /// <summary>The file name of the newest checkpoint.</summary>
    public const string LastName = "last.pth";

    /// <summary>The file name of the best checkpoint.</summary>
    public const string BestName = "best.pth";

    private readonly string _folder;
    private double? _best;
    private bool _due;

    /// <param name="folder">The folder for the files; it is created if it is missing.</param>
    public SaveCheckpoints(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = Path.GetFullPath(folder);
    }

    /// <summary>Gets a late position, so that a checkpoint contains the other callbacks' states of this moment.</summary>
    public override int Order => 1000;

    /// <summary>Gets the score that decides which checkpoint is the best.</summary>
    /// <value>The loss.</value>
    public Monitor Monitor { get; init; } = Monitor.Loss;

    /// <summary>
    /// Gets after how many batches <c>last.pth</c> is written; with accumulated gradients, at the next change of the weights. null writes it
    /// after each epoch only.
    /// </summary>
    /// <value>null.</value>
    public int? EverySteps { get; init; }

    /// <summary>Gets how many of the newest checkpoints <c>step-N.pth</c> are kept in addition to the last and the best.</summary>
    /// <value>0.</value>
    public int Keep { get; init; }

    /// <summary>Gets whether training resumes from <c>last.pth</c> if it exists.</summary>
    /// <value>true.</value>
    public bool Resume { get; init; } = true;

    /// <inheritdoc/>
    public override void BeforeFit(FitState fit)
    {
        (_best, _due) = (null, false);
        Checkpoint.RequireState(fit.Optimizer);
        Directory.CreateDirectory(_folder);
        if (Resume && File.Exists(Named(LastName)))
            Checkpoint.Restore(fit, Named(LastName));
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
    public override object? SaveState() => _best;

    /// <inheritdoc/>
    public override void LoadState(object? state) => _best = (double?)state;

    private void SaveIfBest(FitState fit)
    {
        var value = Monitor.Read(fit);
        if (!Monitor.IsBetter(value, _best))
            return;
        _best = value;
        Checkpoint.Save(fit, Named(BestName));
    }

    private void Save(FitState fit)
    {
        _due = false;
        Checkpoint.Save(fit, Named(LastName));
        if (Keep <= 0)
            return;
        Checkpoint.Save(fit, Named($"step-{fit.Step:D8}.pth"));
        if (!fit.Replicas.IsFirst)
            return;
        foreach (var old in Directory.EnumerateFiles(_folder, "step-*.pth").OrderDescending(StringComparer.Ordinal).Skip(Keep))
            File.Delete(old);
    }

    private string Named(string name) => Path.Combine(_folder, name);
}
