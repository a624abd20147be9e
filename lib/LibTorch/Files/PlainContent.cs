namespace TorchSharp.Files;

/// <summary>Makes sure that what a pickle holds is a tree of plain values, not too deep to be walked by recursion.</summary>
internal sealed class PlainContent
{
    /// <summary>Containers within containers, at most.</summary>
    public const int MostDepth = 100;

    private readonly Dictionary<object, int> _heights = new(ReferenceEqualityComparer.Instance);

    /// <exception cref="InvalidDataException">It is not.</exception>
    public static void Check(object? content) => new PlainContent().Height(content, 0);

    // a container that several others hold is walked once: their number may be exponential
    private int Height(object? item, int depth)
    {
        switch (item)
        {
            case null or string or long or double or bool or PickledTensor or PickledParameter:
                return 0;
            case List<object?> or object?[] or Dictionary<object, object?>:
                break;
            default:
                throw new InvalidDataException("The file holds parts of a tensor outside of any: it is damaged.");
        }
        if (!_heights.TryGetValue(item, out var height))
        {
            if (depth >= MostDepth)
                throw TooDeep();
            IEnumerable<object?> children = item is Dictionary<object, object?> dictionary ? dictionary.Values : (IEnumerable<object?>)item;
            foreach (var child in children)
                height = Math.Max(height, Height(child, depth + 1) + 1);
            _heights[item] = height;
        }
        return depth + height <= MostDepth ? height : throw TooDeep();
    }

    private static InvalidDataException TooDeep() =>
        new($"The file nests containers more than {MostDepth} deep, or one within itself: no state dict does.");
}
