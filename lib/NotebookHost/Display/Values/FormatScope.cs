namespace NotebookHost.Display.Values;

/// <summary>
/// Keeps formatting from following objects without end: it is stopped at an object that contains itself or one of its own type, at a depth, and after a
/// number of objects.
/// </summary>
internal static class FormatScope
{
    private const int Deepest = 6;
    private const int MostObjects = 1000;

    [ThreadStatic]
    private static Stack<object>? _path;

    [ThreadStatic]
    private static int _objects;

    /// <summary>Gets how many objects are being formatted inside one another.</summary>
    public static int Depth => _path?.Count ?? 0;

    /// <summary>Enters an object, unless formatting must not follow it.</summary>
    public static bool TryEnter(object value)
    {
        _path ??= new Stack<object>();
        if (_path.Count == 0)
            _objects = 0;
        var type = value.GetType();
        var isContainer = value is System.Collections.IEnumerable || type.IsValueType;
        if (_path.Count >= Deepest || ++_objects > MostObjects
            || _path.Any(outer => ReferenceEquals(outer, value) || (!isContainer && outer.GetType() == type)))
            return false;
        _path.Push(value);
        return true;
    }

    /// <summary>Leaves the object that was entered last.</summary>
    public static void Leave() => _path!.Pop();
}
