using DeepLearning.Data;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// The optimizer and scheduler settings of a checkpoint. On resumption, changed settings replace the saved settings or throw an exception; a
/// checkpoint never restores old settings silently.
/// </summary>
internal sealed class TrainingSetup
{
    private const string OptimizerName = "optimizer", GroupsName = "groups", SchedulerName = "scheduler", None = "none";
    private const string DataName = "data", ValidationName = "validation_data", BatchesName = "batches_per_epoch", AccumulatedName = "accumulated", RateName = "lr";

    // the settings that schedulers change
    private static readonly HashSet<string> _scheduled = [RateName, "initial_lr", "max_lr", "min_lr"];

    private readonly string _optimizer;
    private readonly List<Dictionary<string, object?>> _groups;
    private readonly string _scheduler;
    private readonly string? _data;
    private readonly string? _validation;
    private readonly FitState _fit;

    /// <summary>Records the settings before training starts.</summary>
    /// <exception cref="NotSupportedException">The optimizer's state cannot be saved.</exception>
    public TrainingSetup(FitState fit)
    {
        _fit = fit;
        _optimizer = fit.Optimizer.GetType().Name;
        _scheduler = fit.Scheduler?.GetType().Name ?? None;
        _data = (fit.AllTrain as IFingerprinted)?.Fingerprint();
        _validation = (fit.ValidationData as IFingerprinted)?.Fingerprint();
        using var scope = NewDisposeScope();
        _groups = [.. Groups(RequireState(fit.Optimizer).state_dict_py()).Select(Settings)];
    }

    /// <summary>Returns the optimizer if its state can be saved.</summary>
    /// <exception cref="NotSupportedException">The optimizer's state cannot be saved.</exception>
    public static OptimizerHelper RequireState(optim.Optimizer optimizer) => optimizer as OptimizerHelper
        ?? throw new NotSupportedException(
            $"The state of {optimizer.GetType().Name} cannot be saved, so training cannot be resumed: train without ModelCheckpoint, or use "
            + "another optimizer.");

    /// <summary>Returns the settings in the plain containers of a checkpoint.</summary>
    public Dictionary<string, object?> Save() => new()
    {
        [OptimizerName] = _optimizer,
        [GroupsName] = _groups.Select(group => (object?)group).ToList(),
        [SchedulerName] = _scheduler,
        [DataName] = _data,
        [ValidationName] = _validation,
        [BatchesName] = (long)_fit.BatchesPerEpoch,
        [AccumulatedName] = (long)_fit.Options.AccumulateGradientBatches,
    };

    /// <summary>Compares the settings of a checkpoint with the current settings, and writes changed settings to the optimizer's state.</summary>
    /// <param name="content">The settings of the checkpoint.</param>
    /// <param name="batch">The number of completed batches of the checkpoint's current epoch.</param>
    /// <param name="optimizerState">The state of the optimizer in the checkpoint.</param>
    /// <param name="allowOtherData">Whether the training and validation data may differ.</param>
    /// <exception cref="InvalidOperationException">A setting was changed that cannot be changed; the message names both values.</exception>
    public void Apply(object? content, int batch, object? optimizerState, bool allowOtherData)
    {
        var saved = (Dictionary<object, object?>)content!;
        if (!allowOtherData)
        {
            RequireData("training", saved.GetValueOrDefault(DataName) as string, _data);
            RequireData("validation", saved.GetValueOrDefault(ValidationName) as string, _validation);
        }
        Require("optimizer", (string)saved[OptimizerName]!, _optimizer);
        Require("scheduler", (string)saved[SchedulerName]!, _scheduler);
        if (batch > 0)
        {
            RequireInEpoch(batch, "batches in an epoch", (long)saved[BatchesName]!, _fit.BatchesPerEpoch);
            RequireInEpoch(batch, "accumulated batches", (long)saved[AccumulatedName]!, _fit.Options.AccumulateGradientBatches);
        }
        var before = ((List<object?>)saved[GroupsName]!).ConvertAll(group => (Dictionary<object, object?>)group!);
        if (before.Count != _groups.Count)
        {
            throw new InvalidOperationException(
                $"The checkpoint was written with {before.Count} parameter groups; this training has {_groups.Count}. Resume with the same parts of the model in the "
                + "optimizer, or train without the checkpoint.");
        }
        foreach (var ((old, own), state) in before.Zip(_groups).Zip(Groups((Dictionary<object, object?>)optimizerState!)))
            Update(old, own, state);
    }

    private void Update(Dictionary<object, object?> old, Dictionary<string, object?> own, Dictionary<object, object?> state)
    {
        foreach (var (name, value) in own)
        {
            if (!old.TryGetValue(name, out var before) || Text(before) == Text(value))
                continue;
            if (_fit.Scheduler is not null && _scheduled.Contains(name))
            {
                throw new InvalidOperationException(
                    $"The checkpoint was written with the {Readable(name)} {Text(before)}; this training has {Text(value)}, and its {_scheduler} continues from the "
                    + "old one. Resume with the old one, or train without the checkpoint.");
            }
            state[name] = value;
        }
    }

    // sources of other libraries have no fingerprint
    private static void RequireData(string what, string? old, string? own)
    {
        if (old is not null && own is not null && old != own)
        {
            throw new InvalidOperationException(
                $"The checkpoint was written with other {what} data: {old}; this training has {own}. Use a folder for each training, such as each fold of a cross-validation; "
                + $"start again with {nameof(Callbacks.ModelCheckpoint.Resume)} = false; or continue with the new data with {nameof(Callbacks.ModelCheckpoint.AllowOtherData)} = true.");
        }
    }

    private static void Require(string what, string old, string own)
    {
        if (old != own)
        {
            throw new InvalidOperationException(
                $"The checkpoint was written with the {what} {old}; this training has {own}. Resume with {old}, or train without the checkpoint.");
        }
    }

    private static void RequireInEpoch(int batch, string what, long old, long own)
    {
        if (old != own)
        {
            throw new InvalidOperationException(
                $"The checkpoint was written within an epoch, after {batch} of its batches, with {old} {what}; this training has {own}. Resume with the same "
                + "batches, and change them between epochs, or train without the checkpoint.");
        }
    }

    private static IEnumerable<Dictionary<string, object?>> Groups(Dictionary<string, object?> state) =>
        ((List<object?>)state["param_groups"]!).Cast<Dictionary<string, object?>>();

    private static IEnumerable<Dictionary<object, object?>> Groups(Dictionary<object, object?> state) =>
        ((List<object?>)state["param_groups"]!).Cast<Dictionary<object, object?>>();

    private static Dictionary<string, object?> Settings(Dictionary<string, object?> group) =>
        group.Where(entry => entry.Key != "params").ToDictionary(entry => entry.Key, entry => entry.Value);

    private static string Readable(string name) => name == RateName ? "learning rate" : $"setting {name} of the optimizer";

    private static string Text(object? value) => value switch
    {
        null => "null",
        IEnumerable<object?> list => $"({string.Join(", ", list.Select(Text))})",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
