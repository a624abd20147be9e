namespace NotebookHost.Display.Values;

/// <summary>
/// Limits formatting of nested objects: it stops at an object that contains itself or another object of its type, at a maximum depth, and after a
/// maximum number of objects.
/// </summary>
internal static class FormatScope
{
    private const int MaxDepth = 6;
    private const int MaxObjects = 1000;

    [ThreadStatic]
    private static Stack<object>? _path;

    [ThreadStatic]
    private static int _objects;

    /// <summary>Gets the number of nested objects that are being formatted.</summary>
    public static int Depth => _path?.Count ?? 0;

    /// <summary>Enters an object, unless a limit is reached.</summary>
    public static bool TryEnter(object value)
    {
        _path ??= new Stack<object>();
        if (_path.Count == 0)
            _objects = 0;
        var type = value.GetType();
        var isContainer = value is System.Collections.IEnumerable || type.IsValueType;
        if (_path.Count >= MaxDepth || ++_objects > MaxObjects
            || _path.Any(outer => ReferenceEquals(outer, value) || (!isContainer && outer.GetType() == type)))
            return false;
        _path.Push(value);
        return true;
    }

    /// <summary>Leaves the object that was entered last.</summary>
    public static void Leave() => _path!.Pop();
}
