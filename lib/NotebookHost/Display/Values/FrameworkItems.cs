using System.Collections;
using System.Net;
using System.Runtime.CompilerServices;

namespace NotebookHost.Display.Values;

/// <summary>Corrects what the framework's formatter writes for some collections.</summary>
internal static class FrameworkItems
{
    private const string CastIterator = "CastICollectionIterator<Object>";

    /// <summary>
    /// Returns the value that the framework's formatter receives. It recognizes tuples by the beginning of the type's name and formats an array of tuples as a tuple
    /// of the array's properties; therefore it receives a list.
    /// </summary>
    public static object Of(object value)
        => IsTuples(value) ? Activator.CreateInstance(typeof(List<>).MakeGenericType(value.GetType().GetElementType()!), value)! : value;

    /// <summary>
    /// Returns the text of a collection with its type in the first line: the framework writes the type of the list for an array of tuples, and the type of
    /// an iterator for a collection without a type of its items. A name that the compiler generated is replaced by the name of an interface.
    /// </summary>
    public static string Named(string text, object value)
    {
        var type = value.GetType();
        if (type.Name.StartsWith('<') && !CSharpNames.IsAnonymous(type))
        {
            var name = CSharpNames.Of(type);
            text = text.Replace(type.Name, name, StringComparison.Ordinal).Replace(WebUtility.HtmlEncode(type.Name), WebUtility.HtmlEncode(name), StringComparison.Ordinal);
        }
        var written = IsTuples(value) ? text.Split('\n', 2)[0].TrimEnd() : CastIterator;
        var hasType = value is IEnumerable && text.StartsWith(IsTuples(value) ? "List<" : CastIterator, StringComparison.Ordinal);
        return hasType ? CSharpNames.Of(type) + text[written.Length..] : text;
    }

    private static bool IsTuples(object value)
        => value is Array { Rank: 1 } array && array.GetType().GetElementType() is { } element && element.IsAssignableTo(typeof(ITuple)) && array.GetType().IsSZArray;
}
