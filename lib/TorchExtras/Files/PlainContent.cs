namespace TorchSharp.Files;

/// <summary>Checks that a pickle's content consists of plain values and is not nested too deeply for recursive code.</summary>
internal sealed class PlainContent
{
    /// <summary>The maximum depth of nested containers.</summary>
    public const int MaxDepth = 100;

    private readonly Dictionary<object, int> _heights = new(ReferenceEqualityComparer.Instance);

    /// <exception cref="InvalidDataException">The content has other values, or is nested too deeply.</exception>
    public static void Check(object? content) => new PlainContent().Height(content, 0);

    // each container is visited once, because the number of paths to shared containers can be exponential
    private int Height(object? item, int depth)
    {
        switch (item)
        {
            case null or string or long or double or bool or PickledTensor or PickledParameter:
                return 0;
            case List<object?> or object?[] or Dictionary<object, object?>:
                break;
            default:
                throw new InvalidDataException("The file contains parts of a tensor outside of a tensor: it is damaged.");
        }
        if (!_heights.TryGetValue(item, out var height))
        {
            if (depth >= MaxDepth)
                throw TooDeep();
            IEnumerable<object?> children = item is Dictionary<object, object?> dictionary ? dictionary.Values : (IEnumerable<object?>)item;
            foreach (var child in children)
                height = Math.Max(height, Height(child, depth + 1) + 1);
            _heights[item] = height;
        }
        return depth + height <= MaxDepth ? height : throw TooDeep();
    }

    private static InvalidDataException TooDeep() =>
        new($"The file nests containers more than {MaxDepth} levels deep, or a container within itself, unlike any state dict.");
}
