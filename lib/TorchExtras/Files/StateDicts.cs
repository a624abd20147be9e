using static TorchSharp.torch;

namespace TorchSharp.Files;

/// <summary>Copies state dicts between files and modules.</summary>
internal static class StateDicts
{
    // a model can have hundreds of parameters
    private const int MostNames = 20;

    /// <summary>Returns the module's state without the names in <paramref name="skip"/>.</summary>
    public static Dictionary<string, Tensor> Of(nn.Module module, IList<string>? skip)
    {
        var state = module.state_dict();
        foreach (var name in skip ?? [])
            state.Remove(name);
        return state;
    }

    /// <summary>Returns the content as a state dict, or null if it is not a state dict.</summary>
    public static Dictionary<string, Tensor>? TryRead(object? content) => content switch
    {
        Dictionary<string, Tensor> state => state,
        Dictionary<object, object?> entries when entries.All(entry => entry is { Key: string, Value: Tensor }) =>
            entries.ToDictionary(entry => (string)entry.Key, entry => (Tensor)entry.Value!),
        _ => null,
    };

    /// <summary>Copies the state to the module if all names and shapes match.</summary>
    /// <exception cref="InvalidOperationException">Names or shapes differ; the module is unchanged.</exception>
    public static (IList<string> Missing, IList<string> Unexpected) Load(
        nn.Module module, Dictionary<string, Tensor> source, bool strict, IList<string>? skip)
    {
        var own = module.state_dict();
        var skipped = new HashSet<string>(skip ?? []);
        List<string> missing = [.. own.Keys.Where(name => !source.ContainsKey(name) && !skipped.Contains(name))];
        List<string> unexpected = [.. source.Keys.Where(name => !own.ContainsKey(name) && !skipped.Contains(name))];
        if (strict && missing.Count + unexpected.Count > 0)
        {
            throw new InvalidOperationException(
                $"The state does not fit {Name(module)}: missing are [{Names(missing)}], unexpected are "
                + $"[{Names(unexpected)}]. Pass strict: false to load the matching entries.");
        }
        foreach (var (name, tensor) in own)
        {
            if (source.TryGetValue(name, out var value) && !skipped.Contains(name) && !tensor.shape.AsSpan().SequenceEqual(value.shape))
            {
                throw new InvalidOperationException(
                    $"The state does not fit {Name(module)}: {name} has the shape {TensorBytes.Text(tensor.shape)} in the module and "
                    + $"{TensorBytes.Text(value.shape)} in the state.");
            }
        }
        module.load_state_dict(source, strict, skip);
        return (missing, unexpected);
    }

    /// <summary>Returns the name that the module's constructor was given, or the type of one of TorchSharp's modules.</summary>
    private static string Name(nn.Module module) =>
        module.GetName() is var name && name.StartsWith("torch::", StringComparison.Ordinal) ? module.GetType().Name : name;

    private static string Names(List<string> names) =>
        string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? $", … ({names.Count - MostNames} more)" : "");

    /// <summary>Copies the tensors from a file to the module, then disposes of them.</summary>
    public static void LoadAndDispose(
        nn.Module module, Dictionary<string, Tensor> loaded, bool strict, IList<string>? skip, Dictionary<string, bool>? loadedParameters)
    {
        try
        {
            Load(module, loaded, strict, skip);
            if (loadedParameters is null)
                return;
            var own = module.state_dict();
            foreach (var name in loaded.Keys)
                loadedParameters[name] = own.ContainsKey(name);
        }
        finally
        {
            foreach (var tensor in loaded.Values)
                tensor.Dispose();
        }
    }
}
