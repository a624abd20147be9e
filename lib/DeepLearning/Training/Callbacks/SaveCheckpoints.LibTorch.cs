namespace DeepLearning.Training.Callbacks;

/// <summary>
/// Keeps training in files: <c>last.pth</c>, from which an interrupted training goes on to the same bits, <c>best.pth</c>, and, where asked for,
/// one every so many steps. A file is there whole or not at all.
/// </summary>
/// <remarks>Tutorial 000, SaveCheckpointsCallback, which calls the untrained network of step 0 the best and takes more loss for better.</remarks>
public sealed class SaveCheckpoints : Callback
{
    /// <summary>The newest checkpoint's name.</summary>
    public const string LastName = "last.pth";

    /// <summary>The best one's.</summary>
    public const string BestName = "best.pth";

    private readonly string _folder;
    private double? _best;
    private bool _due;

    /// <param name="folder">Where the files go; made when it is missing.</param>
    public SaveCheckpoints(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = Path.GetFullPath(folder);
    }

    /// <summary>Late, so that a checkpoint has what the other callbacks know.</summary>
    public override int Order => 1000;

    /// <summary>What makes a checkpoint the best.</summary>
    /// <value>The loss.</value>
    public Monitor Monitor { get; init; } = Monitor.Loss;

    /// <summary>
    /// After how many batches <c>last.pth</c> is written anew, or, where batches accumulate, after the change of the weights that follows; null
    /// after each epoch.
    /// </summary>
    /// <value>null.</value>
    public int? EverySteps { get; init; }

    /// <summary>How many of the checkpoints <c>step-N.pth</c> are kept beside the last and the best: the newest.</summary>
    /// <value>0.</value>
    public int Keep { get; init; }

    /// <summary>Whether training goes on from <c>last.pth</c> where there is one.</summary>
    /// <value>true.</value>
    public bool Resume { get; init; } = true;

    /// <inheritdoc/>
    public override void BeforeFit(FitState fit)
    {
        (_best, _due) = (null, false);
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
