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
    private const long Version = 1;

    public static void Save(FitState fit, string path)
    {
        using var scope = NewDisposeScope();
        fit.ReadLosses();
        PyTorchFile.Save(
            new Dictionary<string, object?>
            {
                ["version"] = Version,
                ["model"] = fit.Model.state_dict(),
                ["optimizer"] = (fit.Optimizer as OptimizerHelper)?.state_dict_py(),
                ["scheduler"] = fit.Scheduler?.state_dict(),
                ["random"] = random.get_rng_state(),
                ["epoch_random"] = fit.EpochRandom,
                ["epochs_done"] = (long)fit.EpochsDone,
                ["batch"] = (long)fit.Batch,
                ["step"] = fit.Step,
                ["sums"] = fit.Totals.Sums,
                ["samples"] = fit.Totals.Samples,
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
        fit.Totals.Restore((Tensor)content["sums"]!, (long)content["samples"]!);
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
