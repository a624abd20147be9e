using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>Copies the weights of a checkpoint into a model.</summary>
internal static class SavedWeights
{
    private const int MostNamed = 5;

    /// <exception cref="InvalidOperationException">The weights are those of another model; the message names the file and the differences.</exception>
    public static void Load(nn.Module model, object? weights, string path)
    {
        if (weights is Dictionary<object, object?> saved && Differences(model.state_dict(), saved) is { Length: > 0 } differences)
            throw new InvalidOperationException($"{path} has the weights of another model than this {model.GetType().Name}: {differences}. Use a model of the same architecture, or another file or folder.");
        model.load_state_dict_py(weights);
    }

    private static string Differences(Dictionary<string, Tensor> own, Dictionary<object, object?> saved)
    {
        List<string> names = [.. saved.Keys.OfType<string>()];
        return string.Join("; ", new[]
        {
            List("it lacks", own.Keys.Where(name => !names.Contains(name))),
            List("it also has", names.Where(name => !own.ContainsKey(name))),
            List("other shapes have", own.Where(entry => saved.GetValueOrDefault(entry.Key) is Tensor tensor && !tensor.shape.AsSpan().SequenceEqual(entry.Value.shape))
                .Select(entry => $"{entry.Key} ([{string.Join(", ", ((Tensor)saved[entry.Key]!).shape)}] in the file, [{string.Join(", ", entry.Value.shape)}] in the model)")),
        }.Where(text => text.Length > 0));
    }

    private static string List(string start, IEnumerable<string> names)
    {
        List<string> all = [.. names];
        return all.Count == 0 ? "" : $"{start} {string.Join(", ", all.Take(MostNamed))}{(all.Count > MostNamed ? $" and {all.Count - MostNamed} more" : "")}";
    }
}
