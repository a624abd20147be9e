using DeepLearning.Training.Callbacks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// Saves a training in a file and restores it: weights, optimizer, scheduler, random stream, position, history and the callbacks' states. It
/// is a PyTorch file; <c>torch.load(path)["model"]</c> is the state dict. Loading never runs code from the file.
/// </summary>
internal static class Checkpoint
{
    private const long Version = 2;

    /// <summary>Saves the training. All processes of a parallel training call this; the first writes the file.</summary>
    /// <exception cref="NotSupportedException">The optimizer's state cannot be saved.</exception>
    public static void Save(FitState fit, string path)
    {
        using var scope = NewDisposeScope();
        fit.ReadLosses();
        var (sums, samples) = fit.Totals.Together(fit.Replicas);
        if (!fit.Replicas.IsFirst)
            return;
        PyTorchFile.Save(
            new Dictionary<string, object?>
            {
                ["version"] = Version,
                ["model"] = fit.Model.state_dict(),
                ["optimizer"] = RequireState(fit.Optimizer).state_dict_py(),
                ["scheduler"] = fit.Scheduler?.state_dict(),
                ["precision"] = fit.Options.Precision.SaveState(),
                ["random"] = random.get_rng_state(),
                ["epoch_random"] = fit.EpochRandom,
                ["epochs_done"] = (long)fit.EpochsDone,
                ["batch"] = (long)fit.Batch,
                ["step"] = fit.Step,
                ["stop_reason"] = fit.IsCancelled ? null : fit.StopReason,
                ["sums"] = sums,
                ["samples"] = samples,
                ["history"] = HistoryContent.Of(fit.History),
                ["callbacks"] = fit.Callbacks.Select(callback => (object?)new object?[] { callback.GetType().Name, callback.SaveState() }).ToList(),
            },
            path);
    }

    /// <exception cref="InvalidDataException">The file is damaged or not a checkpoint.</exception>
    /// <exception cref="InvalidOperationException">The file belongs to another network or optimizer.</exception>
    /// <exception cref="ArgumentException">The file belongs to another kind of scheduler.</exception>
    public static void Restore(FitState fit, string path)
    {
        using var scope = NewDisposeScope();
        if (PyTorchFile.Load(path) is not Dictionary<object, object?> content || content.GetValueOrDefault("version") is not Version)
            throw new InvalidDataException($"{path} is not a checkpoint of a training: SaveCheckpoints writes one.");
        try
        {
            Restore(fit, content);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidCastException or NullReferenceException)
        {
            throw new InvalidDataException($"{path} is a damaged checkpoint. ({error.Message})", error);
        }
    }

    private static void Restore(FitState fit, Dictionary<object, object?> content)
    {
        var (epochRandom, resumeRandom) = (RandomState(content["epoch_random"]), RandomState(content["random"]));
        var scheduler = content["scheduler"] as Dictionary<object, object?>;
        fit.Model.load_state_dict_py(content["model"]);
        RequireState(fit.Optimizer).load_state_dict_py(content["optimizer"]);
        if (scheduler is not null)
            fit.Scheduler?.load_state_dict(scheduler);
        (fit.EpochsDone, fit.Batch, fit.Step) = ((int)(long)content["epochs_done"]!, (int)(long)content["batch"]!, (long)content["step"]!);
        fit.EpochRandom = epochRandom.DetachFromDisposeScope();
        fit.ResumeRandom = resumeRandom.DetachFromDisposeScope();
        // the sums are those of all processes: they continue in the first
        if (fit.Replicas.IsFirst)
            fit.Totals.Restore((Tensor)content["sums"]!, (long)content["samples"]!);
        fit.Options.Precision.LoadState(content["precision"]);
        if (content["stop_reason"] is string reason)
            fit.Stop(reason);
        HistoryContent.Restore(fit.History, content["history"]);
        fit.Validation = fit.History.Validations is [.., var last] ? last.Scores : null;
        RestoreCallbacks(fit.Callbacks, (List<object?>)content["callbacks"]!);
    }

    /// <summary>Returns an optimizer whose state can be saved.</summary>
    /// <exception cref="NotSupportedException">The optimizer's state cannot be saved.</exception>
    public static OptimizerHelper RequireState(optim.Optimizer optimizer) => optimizer as OptimizerHelper
        ?? throw new NotSupportedException(
            $"The state of {optimizer.GetType().Name} cannot be saved, so a training with it cannot be resumed: train without SaveCheckpoints, or "
            + "use another optimizer.");

    /// <summary>Checks the state of a random stream, because TorchSharp's set_rng_state ends the process if the type or size is wrong.</summary>
    private static Tensor RandomState(object? content)
    {
        using var current = random.get_rng_state();
        return content is Tensor state && state.dtype == current.dtype && state.shape.AsSpan().SequenceEqual(current.shape)
            ? state
            : throw new InvalidCastException("It has no state of a random stream.");
    }

    /// <summary>Gives each callback the state that a callback of its type, in the same place among those, saved.</summary>
    private static void RestoreCallbacks(IReadOnlyList<Callback> callbacks, List<object?> saved)
    {
        var left = saved.Cast<object?[]>().ToList();
        foreach (var callback in callbacks)
        {
            var index = left.FindIndex(entry => (string?)entry[0] == callback.GetType().Name);
            if (index < 0)
                continue;
            callback.LoadState(left[index][1]);
            left.RemoveAt(index);
        }
    }
}
