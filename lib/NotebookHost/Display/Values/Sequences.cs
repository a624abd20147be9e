using System.Collections;
using System.Reflection;

namespace NotebookHost.Display.Values;

/// <summary>The first items of a computed sequence.</summary>
/// <param name="Items">The items, at most <see cref="Microsoft.DotNet.Interactive.Formatting.Formatter.ListExpansionLimit"/>, as an array of their type.</param>
/// <param name="HasMore">Whether the sequence has more items.</param>
/// <param name="Error">The exception that the sequence threw after these items; null for none.</param>
/// <param name="Type">The displayed type of the sequence.</param>
internal sealed record FirstItems(Array Items, bool HasMore, Exception? Error, Type Type);

/// <summary>Reads the beginning of computed sequences, such as iterators and queries, once, including the exception that they throw.</summary>
internal static class Sequences
{
    private static readonly Type[] _held = [typeof(ICollection<>), typeof(IReadOnlyCollection<>), typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>)];

    [ThreadStatic]
    private static (object? Sequence, string MimeType, FirstItems? First) _kept;

    /// <summary>
    /// Returns whether a value is a computed sequence and not a collection: an iterator, a query, or an object without
    /// other members than its items.
    /// </summary>
    public static bool IsComputed(object value)
    {
        if (value is not IEnumerable || value is string or ICollection)
            return false;
        var type = value.GetType();
        if (type.GetInterfaces().Any(known => known.IsGenericType && _held.Contains(known.GetGenericTypeDefinition())))
            return false;
        return type.Name.StartsWith('<') || type.IsNestedPrivate || type.Namespace == "System.Linq" || !HasMembers(type);
    }

    /// <summary>
    /// Reads the beginning of a sequence. The representations of one output share it, so that side effects occur only once.
    /// </summary>
    public static FirstItems Read(IEnumerable sequence, string mimeType, int limit)
    {
        var (kept, keptFor, first) = _kept;
        _kept = default;
        if (ReferenceEquals(kept, sequence) && keptFor != mimeType)
            return first!;
        first = ReadNow(sequence, limit);
        _kept = (sequence, mimeType, first);
        return first;
    }

    /// <summary>Removes the last sequence from the cache.</summary>
    public static void Forget() => _kept = default;

    /// <summary>Returns the displayed type of a sequence: IEnumerable&lt;T&gt; for types of the compiler and LINQ.</summary>
    public static Type NamedType(Type type)
        => (type.IsPublic || type.IsNestedPublic) && !type.Name.StartsWith('<') ? type : typeof(IEnumerable<>).MakeGenericType(ElementType(type));

    /// <summary>Returns whether the items of a sequence are single values, according to its type; null if the type is not sufficient.</summary>
    public static bool? ElementIsScalar(Type type)
    {
        var element = ElementType(type);
        return element == typeof(object) ? null : element.IsPrimitive || element == typeof(string) || element == typeof(decimal) || element.IsEnum;
    }

    private static bool HasMembers(Type type)
        => type.GetFields(BindingFlags.Public | BindingFlags.Instance).Length > 0
            || type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Any(property => property.CanRead && property.GetIndexParameters().Length == 0);

    private static FirstItems ReadNow(IEnumerable sequence, int limit)
    {
        var items = new List<object?>();
        Exception? failure = null;
        var hasMore = false;
        try
        {
            foreach (var item in sequence)
            {
                hasMore = items.Count == limit;
                if (hasMore)
                    break;
                items.Add(item);
            }
        }
#pragma warning disable CA1031 // the sequence is code of the notebook
        catch (Exception error) when (!CellStop.IsRequested)
#pragma warning restore CA1031
        {
            failure = error;
        }
        var element = ElementType(sequence.GetType());
        var array = Array.CreateInstance(element, items.Count);
        for (var i = 0; i < items.Count; i++)
            array.SetValue(items[i], i);
        return new FirstItems(array, hasMore, failure, typeof(IEnumerable<>).MakeGenericType(element));
    }

    private static Type ElementType(Type type)
    {
        var element = type.GetInterfaces().Prepend(type)
            .FirstOrDefault(known => known.IsGenericType && known.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];
        return element is null || element.IsByRefLike || element.IsPointer ? typeof(object) : element;
    }
}
