using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;

namespace NotebookHost.Display.Values;

/// <summary>Writes any value on one line, without following it far: it always ends, and what the value's code throws becomes part of the text.</summary>
internal static class ShortText
{
    private const int MostCharacters = 300;
    private const int MostItems = 20;
    private const int Deepest = 4;

    /// <summary>Returns at most 300 characters that say what the value is.</summary>
    public static string Of(object? value)
    {
        var text = Whole(value, Deepest - 2).Trim().Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return text.Length > MostCharacters ? string.Concat(text.AsSpan(0, MostCharacters), "...") : text;
    }

    /// <summary>Returns the text of a record, tuple or pair, as its own <c>ToString</c> would have it, cut where an object contains itself.</summary>
    public static string OfParts(object value) => Whole(value, Deepest, []);

    /// <summary>Returns whether a type is that of a dictionary's pairs.</summary>
    public static bool IsPair(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    /// <summary>Returns what an exception says, in one line. Wrappers that reflection adds are left out.</summary>
    public static string OfError(Exception error)
    {
        var cause = Errors.Unwrap(error);
        return $"{cause.GetType().Name}: {Errors.Message(cause).ReplaceLineEndings(" ")}";
    }

    private static string Whole(object? value, int depth) => Whole(value, depth, []);

    private static string Whole(object? value, int depth, List<object> path)
    {
        if (ScalarText.IsScalar(value))
            return ScalarText.Of(value);
        var type = value!.GetType();
        if (value is JsonNode json)
            return json.ToJsonString();
        if (Records.HasGeneratedText(type))
            return Record(value, depth, path);
        if (value is ITuple tuple)
            return depth < 0 ? "(…)" : $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Whole(tuple[i], depth - 1, path)))})";
        if (IsPair(type))
            return depth < 0 ? "[…]" : $"[{Part(nameof(KeyValuePair<,>.Key))}, {Part(nameof(KeyValuePair<,>.Value))}]";
        if (value is IEnumerable sequence)
            return Sequence(sequence, type, depth, path);
        if (!Records.HasOwnText(type))
            return CSharpNames.Of(type);
        try
        {
            return value.ToString() ?? CSharpNames.Of(type);
        }
#pragma warning disable CA1031 // a ToString of the notebook's may throw anything
        catch (Exception error) when (!CellStop.IsRequested)
#pragma warning restore CA1031
        {
            return $"{CSharpNames.Of(type)} (ToString: {OfError(error)})";
        }

        string Part(string name) => Whole(type.GetProperty(name)!.GetValue(value), depth - 1, path);
    }

    private static string Record(object record, int depth, List<object> path)
    {
        var type = record.GetType();
        var name = CSharpNames.IsAnonymous(type) ? "" : CSharpNames.Of(type) + " ";
        if (depth < 0 || path.Exists(outer => ReferenceEquals(outer, record)))
            return name + "{ … }";
        path.Add(record);
        var members = Records.Members(type).Select(member => $"{member.Name} = {Member(member.Read, record, depth - 1, path)}").ToList();
        path.RemoveAt(path.Count - 1);
        return members.Count == 0 ? name + "{ }" : $"{name}{{ {string.Join(", ", members)} }}";
    }

    private static string Member(Func<object, object?> read, object record, int depth, List<object> path)
    {
        try
        {
            var value = read(record);
            // a record's own text has nothing for null
            return value is null ? "" : Whole(value, depth, path);
        }
#pragma warning disable CA1031 // a property of the notebook's may throw anything
        catch (Exception error) when (!CellStop.IsRequested)
#pragma warning restore CA1031
        {
            return OfError(error);
        }
    }

    // a sequence that is computed is not enumerated: that may take long, or have effects
    private static string Sequence(IEnumerable sequence, Type type, int depth, List<object> path)
    {
        if (sequence is not ICollection items)
            return CSharpNames.Of(Sequences.NamedType(type));
        if (depth < 0 || sequence is Array { Rank: > 1 } || path.Exists(outer => ReferenceEquals(outer, sequence)))
            return sequence is Array array ? Dimensions(array) : $"{CSharpNames.Of(type)} ({items.Count})";
        path.Add(sequence);
        try
        {
            var text = new StringBuilder("[ ");
            text.AppendJoin(", ", items.Cast<object?>().Take(MostItems).Select(item => Whole(item, depth - 1, path)));
            if (items.Count > MostItems)
                text.Append(" ... (").Append(items.Count - MostItems).Append(" more)");
            return text.Append(" ]").ToString();
        }
#pragma warning disable CA1031 // a collection of the notebook's may throw anything
        catch (Exception error) when (!CellStop.IsRequested)
#pragma warning restore CA1031
        {
            return $"{CSharpNames.Of(type)} ({OfError(error)})";
        }
        finally
        {
            path.RemoveAt(path.Count - 1);
        }
    }

    private static string Dimensions(Array array)
        => $"{CSharpNames.Of(array.GetType().GetElementType()!)}[{string.Join(", ", Enumerable.Range(0, array.Rank).Select(array.GetLength))}]";
}
