namespace TorchSharp.Files;

/// <summary>Disposes of the tensors in nested containers.</summary>
internal static class NestedTensors
{
    public static void Dispose(object? content) => Dispose(content, new HashSet<object>(ReferenceEqualityComparer.Instance));

    private static void Dispose(object? content, HashSet<object> seen)
    {
        if (content is null or string || !seen.Add(content))
            return;
        switch (content)
        {
            case torch.Tensor tensor:
                tensor.Dispose();
                break;
            case Dictionary<object, object?> dictionary:
                foreach (var value in dictionary.Values)
                    Dispose(value, seen);
                break;
            case IEnumerable<object?> items:
                foreach (var item in items)
                    Dispose(item, seen);
                break;
        }
    }
}
