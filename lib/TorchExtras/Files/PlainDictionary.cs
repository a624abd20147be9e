using System.Collections;

namespace TorchSharp.Files;

/// <summary>Reads dictionaries from files and from C#.</summary>
internal static class PlainDictionary
{
    /// <summary>Returns the entries of any dictionary, with integer keys as long, or null if the content is not a dictionary.</summary>
    public static Dictionary<object, object?>? Of(object? content)
    {
        if (content is Dictionary<object, object?> plain)
            return plain;
        if (content is not IDictionary dictionary)
            return null;
        var entries = new Dictionary<object, object?>();
        foreach (DictionaryEntry entry in dictionary)
            entries.Add(entry.Key is int key ? (long)key : entry.Key, entry.Value);
        return entries;
    }
}
