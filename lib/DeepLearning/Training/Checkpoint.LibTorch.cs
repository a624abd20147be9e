using DeepLearning.Training.Callbacks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// A training in a file: weights, optimizer, scheduler, random stream, position, history and what callbacks remember. It is a PyTorch file;
/// <c>torch.load(path)["model"]</c> is the state dict. Opening one never runs code from it.
/// </summary>
internal static class Checkpoint
{
    private const long Version = 2;

    /// <summary>Called by all processes that train together; the first writes.</summary>
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
                ["optimizer"] = (fit.Optimizer as OptimizerHelper)?.state_dict_py(),
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

    /// <exception cref="InvalidDataException">The file is damaged or no checkpoint.</exception>
    /// <exception cref="InvalidOperationException">It is of another network or optimizer.</exception>
    public static void Restore(FitState fit, string path)
    {
        using var scope = NewDisposeScope();
        if (PyTorchFile.Load(path) is not Dictionary<object, object?> content || content.GetValueOrDefault("version") is not Version)
            throw new InvalidDataException($"{path} is no checkpoint of a training: SaveCheckpoints writes one.");
        fit.Model.load_state_dict(Weights(content, path));
        if (content["optimizer"] is { } optimizer)
            (fit.Optimizer as OptimizerHelper)?.load_state_dict_py(optimizer);
        if (content["scheduler"] is Dictionary<object, object?> scheduler)
            fit.Scheduler?.load_state_dict(scheduler);
        (fit.EpochsDone, fit.Batch, fit.Step) = ((int)(long)content["epochs_done"]!, (int)(long)content["batch"]!, (long)content["step"]!);
        fit.EpochRandom = ((Tensor)content["epoch_random"]!).DetachFromDisposeScope();
        fit.ResumeRandom = ((Tensor)content["random"]!).DetachFromDisposeScope();
        // what all processes had added goes on in the first
        if (fit.Replicas.IsFirst)
            fit.Totals.Restore((Tensor)content["sums"]!, (long)content["samples"]!);
        fit.Options.Precision.LoadState(content["precision"]);
        if (content["stop_reason"] is string reason)
            fit.Stop(reason);
        HistoryContent.Restore(fit.History, content["history"]);
        fit.Validation = fit.History.Validations is [.., var last] ? last.Scores : null;
        RestoreCallbacks(fit.Callbacks, (List<object?>)content["callbacks"]!);
    }

    private static Dictionary<string, Tensor> Weights(Dictionary<object, object?> content, string path) =>
        content.GetValueOrDefault("model") is Dictionary<object, object?> model
            ? model.ToDictionary(entry => (string)entry.Key, entry => (Tensor)entry.Value!)
            : throw new InvalidDataException($"{path} is damaged: it has no model.");

    /// <summary>Each takes back what the callback of its type, in the same place among those, left.</summary>
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
