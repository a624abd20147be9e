using System.Text.Json;
using DeepLearning.Training.Callbacks;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// Saves training to a file and restores it: weights, optimizer, scheduler, random state, position, history and the states of callbacks. The file is
/// a PyTorch file; <c>torch.load(path)["model"]</c> is the state dict. Loading never runs code from the file.
/// </summary>
internal sealed class Checkpoint(FitState fit)
{
    private const long Version = 3;

    private readonly TrainingSetup _setup = new(fit);

    /// <summary>Saves training. All processes of distributed training must call this method; the first process writes the file.</summary>
    public void Save(string path)
    {
        using var scope = NewDisposeScope();
        fit.Losses.Read();
        var totals = fit.Totals.Save(fit.Replicas);
        if (!fit.Replicas.IsFirst)
            return;
        PyTorchFile.Save(
            new Dictionary<string, object?>
            {
                ["version"] = Version,
                ["setup"] = _setup.Save(),
                ["model"] = fit.Model.state_dict(),
                ["optimizer"] = TrainingSetup.RequireState(fit.Optimizer).state_dict_py(),
                ["scheduler"] = fit.Scheduler?.state_dict(),
                ["precision"] = fit.Options.Precision.SaveState(),
                ["random"] = random.get_rng_state(),
                ["epoch_random"] = fit.Random.EpochStart,
                ["epochs_done"] = (long)fit.EpochsDone,
                ["batch"] = (long)fit.Batch,
                ["step"] = fit.Step,
                ["step_learning_rate"] = fit.StepLearningRate,
                ["stop_reason"] = fit.IsCanceled ? null : fit.StopReason,
                ["stop_source"] = fit.StopSource,
                ["totals"] = totals,
                ["history"] = HistoryContent.Of(fit.History),
                ["callbacks"] = fit.Callbacks.All.Select(callback => (object?)new object?[] { callback.GetType().Name, callback.SaveState() }).ToList(),
            },
            path);
    }

    /// <exception cref="InvalidDataException">The file is damaged or not a checkpoint; the message says what to do.</exception>
    /// <exception cref="InvalidOperationException">The file is from training with another model, optimizer, scheduler, data or batches.</exception>
    public void Restore(string path, bool allowOtherData)
    {
        using var scope = NewDisposeScope();
        try
        {
            if (PyTorchFile.Load(path) is not Dictionary<object, object?> content || content.GetValueOrDefault("version") is not long version)
                throw new InvalidDataException("It is not a checkpoint that ModelCheckpoint wrote.");
            if (version != Version)
                throw new InvalidDataException($"It was written by another version of the library (format {version}; this one has {Version}).");
            Restore(content, path, allowOtherData);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or KeyNotFoundException or InvalidCastException
            or NullReferenceException or JsonException or FormatException)
        {
            throw new InvalidDataException($"{path} cannot be resumed from: {error.Message} {Advice(path)}", error);
        }
    }

    private static string Advice(string path)
    {
        var others = Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "*.pth").Where(other => other != path)
            .OrderByDescending(File.GetLastWriteTimeUtc).Select(Path.GetFileName).ToList();
        return others.Count == 0
            ? "Delete it to start the training from its beginning."
            : $"Delete it to start the training from its beginning, or replace it by an earlier checkpoint: {string.Join(", ", others)}.";
    }

    private void Restore(Dictionary<object, object?> content, string path, bool allowOtherData)
    {
        var (epochRandom, interrupted) = (RandomStateOf(content["epoch_random"]), RandomStateOf(content["random"]));
        var (epochs, batch, step) = ((int)(long)content["epochs_done"]!, (int)(long)content["batch"]!, (long)content["step"]!);
        _setup.Apply(content["setup"], batch, content["optimizer"], allowOtherData);
        SavedWeights.Load(fit.Model, content["model"], path);
        RestoreOptimizer(content["optimizer"], path);
        if (content["scheduler"] is Dictionary<object, object?> scheduler)
            fit.Scheduler?.load_state_dict(scheduler);
        (fit.EpochsDone, fit.Batch, fit.Step, fit.StepLearningRate) = (epochs, batch, step, (double)content["step_learning_rate"]!);
        fit.Random.Resume(epochRandom, interrupted);
        // the totals are those of all processes, so they are restored in the first process; an epoch that has not started has none
        if (fit.Replicas.IsFirst && batch > 0)
            fit.Totals.Restore(content["totals"]);
        fit.Options.Precision.LoadState(content["precision"]);
        HistoryContent.Restore(fit.History, content["history"]);
        fit.Validation = fit.History.Validations is [.., var last] ? last.Scores : null;
        RestoreCallbacks((List<object?>)content["callbacks"]!);
        RestoreStop(content["stop_reason"] as string, content["stop_source"] as string);
    }

    private void RestoreOptimizer(object? state, string path)
    {
        try
        {
            TrainingSetup.RequireState(fit.Optimizer).load_state_dict_py(state);
        }
        catch (InvalidOperationException error)
        {
            throw new InvalidOperationException(
                $"The optimizer cannot continue from {path}. {error.Message} Resume with the same parameters and settings in the optimizer, or train without the checkpoint.", error);
        }
    }

    /// <summary>Checks the state of a random generator, because TorchSharp's set_rng_state ends the process if the type or size is wrong.</summary>
    private static Tensor RandomStateOf(object? content)
    {
        using var current = random.get_rng_state();
        return content is Tensor state && state.dtype == current.dtype && state.shape.AsSpan().SequenceEqual(current.shape)
            ? state
            : throw new InvalidCastException("It has no state of a random generator.");
    }

    /// <summary>Restores each callback from the state that the callback of the same type and the same position within that type saved.</summary>
    private void RestoreCallbacks(List<object?> saved)
    {
        var left = saved.Cast<object?[]>().ToList();
        foreach (var callback in fit.Callbacks.All)
        {
            var index = left.FindIndex(entry => (string?)entry[0] == callback.GetType().Name);
            if (index < 0)
                continue;
            callback.LoadState(left[index][1]);
            left.RemoveAt(index);
        }
    }

    /// <summary>
    /// Lets callbacks check again whether training stops, because their settings may have changed. A stop by a callback that does not check again
    /// stays; a stop by a callback that was removed from the options is cleared.
    /// </summary>
    private void RestoreStop(string? reason, string? source)
    {
        fit.Notify(callback => callback.OnResume(fit));
        var stopper = fit.Callbacks.All.FirstOrDefault(callback => callback.GetType().Name == source);
        if (reason is not null && (source is null || stopper is not null and not IRechecksOnResume))
            fit.Stop(reason);
    }
}
