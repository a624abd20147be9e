using static TorchSharp.torch;

namespace TorchSharp.Files;

/// <summary>Between files and modules.</summary>
internal static class StateDicts
{
    /// <summary>What a module saves, but for the names to be left out.</summary>
    public static Dictionary<string, Tensor> Of(nn.Module module, IList<string>? skip)
    {
        var state = module.state_dict();
        foreach (var name in skip ?? [])
            state.Remove(name);
        return state;
    }

    /// <summary>Copies what was loaded into the module and disposes it.</summary>
    /// <param name="module">The module; it changes only when all fits.</param>
    /// <param name="loaded">The tensors of a file.</param>
    /// <param name="strict">Whether names that only one side has are an error.</param>
    /// <param name="skip">Names left as they are.</param>
    /// <param name="loadedParameters">Is told each of the file's names, and whether the module has it.</param>
    public static void Load(
        nn.Module module, Dictionary<string, Tensor> loaded, bool strict, IList<string>? skip, Dictionary<string, bool>? loadedParameters)
    {
        try
        {
            var (_, unexpected) = module.load_state_dict(loaded, strict, skip);
            if (loadedParameters is null)
                return;
            foreach (var name in loaded.Keys)
                loadedParameters[name] = !unexpected.Contains(name);
        }
        finally
        {
            foreach (var tensor in loaded.Values)
                tensor.Dispose();
        }
    }
}
